import type { Overview } from '#src/contract/comparison.ts';
import type { Target } from '#src/contract/target.ts';
import type { Context } from '../access/context.ts';
import { experimentFor, textsFor } from '../access/guest-view.ts';

/** For more runs than this, their experiments are not looked up. */
const MOST_LOOKED_UP = 200;
const MOST_NAMED = 10;

/** The experiments of a target's runs, as far as the viewer may see them. */
export async function experimentsOf(
  { store, viewer }: Context,
  target: Target,
  runs: readonly { readonly id: string }[],
): Promise<Overview['experiments']> {
  if ('experimentId' in target) {
    const { id, name } = experimentFor(textsFor(viewer), await store.experiments.get(target.experimentId));
    return [{ id, name }];
  }
  if (viewer.kind !== 'owner') return [];
  const records = await store.runs.getMany(runs.slice(0, MOST_LOOKED_UP).map(({ id }) => id));
  const ids = [...new Set(records.map(({ experimentId }) => experimentId))].slice(0, MOST_NAMED);
  return Promise.all(
    ids.map(async (id) => {
      const { name } = await store.experiments.get(id);
      return { id, name };
    }),
  );
}

/** Runs that were asked for by id and do not exist. */
export function missingOf(target: Target, runs: readonly { readonly id: string }[]): Overview['missing'] {
  if (!('runIds' in target)) return { count: 0, ids: [] };
  const found = new Set(runs.map(({ id }) => id));
  const missing = [...new Set(target.runIds)].filter((id) => !found.has(id));
  return { count: missing.length, ids: missing.slice(0, MOST_NAMED) };
}
