import { type Cell, type Field, hasDiverged, LOSS_KEYS, resultOf } from '@whorl/core';

/** What tells whether a run diverged: read beside what is asked of it. */
export const LOSS_FIELDS: readonly Field[] = LOSS_KEYS.map((key) => ({ kind: 'metric', key, part: 'last' }));

/** Columns of which the first are those of {@link LOSS_FIELDS}, taken apart. */
export const lossesFirst = (columns: readonly Cell[][]): [losses: Cell[][], others: Cell[][]] => [
  columns.slice(0, LOSS_FIELDS.length),
  columns.slice(LOSS_FIELDS.length),
];

/**
 * The results of some runs as a comparison takes them: those that diverged have none, whatever the metric.
 * @param results columns with a cell a run
 * @param keys the metric of each column; empty where it is of something else
 * @param losses the columns of {@link LOSS_FIELDS}
 */
export function comparedResults(
  results: readonly (readonly Cell[])[],
  keys: readonly string[],
  losses: readonly (readonly Cell[])[],
): Cell[][] {
  const count = losses[0]?.length ?? 0;
  const diverged = Array.from({ length: count }, (_, row) =>
    hasDiverged((key) => {
      const last = losses[(LOSS_KEYS as readonly string[]).indexOf(key)]?.[row];
      return typeof last === 'number' ? last : null;
    }),
  );
  return results.map((column, i) =>
    column.map((cell, row) =>
      typeof cell === 'number' ? resultOf(keys[i] ?? '', cell, diverged[row] ?? false) : cell,
    ),
  );
}
