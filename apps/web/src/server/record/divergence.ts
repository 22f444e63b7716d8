import { type Cell, type Field, hasDiverged, LOSS_KEYS, resultOf } from '@whorl/core';

/** Fields that tell whether a run diverged. They are read together with others. */
export const LOSS_FIELDS: readonly Field[] = LOSS_KEYS.map((key) => ({ kind: 'metric', key, part: 'last' }));

/** Splits columns of which the first are those of {@link LOSS_FIELDS}. */
export const lossesFirst = (columns: readonly Cell[][]): [losses: Cell[][], others: Cell[][]] => [
  columns.slice(0, LOSS_FIELDS.length),
  columns.slice(LOSS_FIELDS.length),
];

/**
 * The results of runs as a comparison uses them: a diverged run has none, whatever the metric.
 * @param results columns with a cell for each run
 * @param keys the metric of each column; empty for other columns
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
