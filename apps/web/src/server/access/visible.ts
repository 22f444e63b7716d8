import { TRPCError } from '@trpc/server';
import { type Expression, type Field, fieldsOf, parseField, QueryError } from '@whorl/core';
import type { Context, Viewer } from './context.ts';
import { isAttributeTold, isEnvironmentTold, isKeyTold, isTagTold, textsFor } from './guest-view.ts';

/** For a viewer, what is outside of the share does not exist. */
export const outside = (what: string) => new TRPCError({ code: 'NOT_FOUND', message: `no such ${what}` });

/** Whether the viewer may see the experiment. Archived runs of it are for the owner only. */
export const isExperimentVisible = ({ viewer }: Context, experimentId: string): boolean =>
  viewer.kind === 'owner' || (viewer.share.kind === 'experiment' && viewer.share.experimentId === experimentId);

/** Whether the viewer may see every one of the runs. */
export function allVisible({ store, viewer }: Context, runIds: readonly string[]): boolean {
  if (viewer.kind === 'owner') return true;
  const { share } = viewer;
  if (share.kind === 'experiment') return store.runs.areOf(share.experimentId, runIds);
  const shared = new Set(share.runIds);
  return runIds.every((id) => shared.has(id));
}

/** Whether the viewer may see a field. Runs cannot be searched, sorted or grouped by one that is hidden. */
export function isFieldVisible(viewer: Viewer, field: Field): boolean {
  const texts = textsFor(viewer);
  switch (field.kind) {
    case 'attribute':
      return isAttributeTold(field.key, texts);
    case 'environment':
      return isEnvironmentTold(field.key, texts);
    case 'param':
    case 'metric':
      return isKeyTold(field.key, texts);
    case 'tag':
      return isTagTold(field.key, texts);
  }
}

/**
 * Parses fields that the viewer may see.
 * @throws TRPCError
 */
export function readFields({ viewer }: Context, texts: readonly string[]): Field[] {
  return texts.map((text) => {
    const field = readField(text);
    if (!isFieldVisible(viewer, field)) throw outside('field');
    return field;
  });
}

/** Errors of fields have no position in a query, so they are sent as another kind of error. */
function readField(text: string): Field {
  try {
    return parseField(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new TRPCError({ code: 'BAD_REQUEST', message: error.message });
  }
}

/**
 * Rejects a query that uses fields hidden from the viewer: its answer would reveal them.
 * @throws TRPCError
 */
export function checkQuery(viewer: Viewer, expression: Expression): void {
  if (!fieldsOf(expression).every((field) => isFieldVisible(viewer, field))) throw outside('field');
}
