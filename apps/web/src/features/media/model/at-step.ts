import type { MediaFile, MediaGroup } from '#src/contract/media.ts';

/** The steps at which something was logged, in order. What belongs to whole runs has none. */
export const stepsOf = (groups: readonly MediaGroup[]): number[] =>
  [...new Set(groups.flatMap(({ files }) => files.flatMap(({ step }) => step ?? [])))].sort((a, b) => a - b);

/**
 * The files of a key to show at a step: those of the latest step up to it. Several may have been logged at the same step. What
 * belongs to the whole run is shown at any step; before the first step there is nothing.
 */
export function filesAt(files: readonly MediaFile[], step: number): readonly MediaFile[] {
  const stepless = files.filter((file) => file.step === null);
  if (stepless.length > 0) return stepless;
  const last = files.findLast((file) => (file.step as number) <= step);
  return last ? files.filter((file) => file.step === last.step) : [];
}

/** A run whose media are shown, with the name that it has beside others. */
export interface MediaRun {
  readonly id: string;
  readonly name: string;
}

/** The groups of one key, one for each of the runs, or undefined where a run has none. */
export interface MediaRow {
  readonly key: string;
  readonly kind: MediaGroup['kind'];
  readonly groups: readonly (MediaGroup | undefined)[];
}

/** Groups by key, in the order in which they come, with a place for each run. */
export function mediaRows(groups: readonly MediaGroup[], runIds: readonly string[]): MediaRow[] {
  const rows = new Map<string, MediaGroup[]>();
  for (const group of groups) {
    const id = `${group.kind} ${group.key}`;
    rows.set(id, [...(rows.get(id) ?? []), group]);
  }
  return [...rows.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return [{ key: first.key, kind: first.kind, groups: runIds.map((id) => own.find(({ runId }) => runId === id)) }];
  });
}
