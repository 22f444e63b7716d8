import { type Cell, type Field, hasDiverged, LOSSES } from '@whorl/core';

/** What tells whether a run diverged: read beside what is asked of it. */
export const LOSS_FIELDS: readonly Field[] = LOSSES.map((key) => ({ kind: 'metric', key, part: 'last' }));

/**
 * The results of some runs, NaN for those that diverged, which are counted and in no mean whatever the metric.
 * @param results columns with a cell a run
 * @param losses the columns of {@link LOSS_FIELDS}
 */
export function ofSoundRuns(results: readonly (readonly Cell[])[], losses: readonly (readonly Cell[])[]): Cell[][] {
  const count = losses[0]?.length ?? 0;
  const diverged = Array.from({ length: count }, (_, row) =>
    hasDiverged((key) => {
      const last = losses[LOSSES.findIndex((loss) => loss === key)]?.[row];
      return typeof last === 'number' ? last : null;
    }),
  );
  return results.map((column) =>
    column.map((cell, row) => (typeof cell === 'number' && diverged[row] ? Number.NaN : cell)),
  );
}
