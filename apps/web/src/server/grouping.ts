import { type Bounds, boundsOf, type Cell, naturalOrder, type SeedSummary, summarizeRuns } from '@whorl/core';

/** Runs that agree in some fields. */
export interface RunGroup {
  /** Their values of those fields; null where they have none. */
  readonly values: Cell[];
  readonly runs: number;
  /** Those that have not come to their end, or not to a good one; their values count all the same. */
  readonly unfinished: number;
  readonly metrics: SeedSummary[];
}

/** A text that is the same for two cells exactly if they are: a number is not the text that writes it. */
const keyOf = (cells: readonly Cell[]): string => JSON.stringify(cells.map((cell) => [typeof cell, String(cell)]));

/**
 * Groups runs by the columns of `by`, and sums up the columns of `metrics` in each group, over its seeds.
 * @param statuses a cell a run
 * @param seeds a cell a run
 * @param by columns, each with a cell a run
 * @param keys of the metrics: what they are decides on the interval of their mean
 * @returns the groups in order of their values, missing ones last
 */
export function groupRuns(
  by: readonly Cell[][],
  metrics: readonly Cell[][],
  statuses: readonly Cell[],
  seeds: readonly Cell[],
  keys: readonly string[] = [],
): RunGroup[] {
  const bounds = metrics.map((column, i) =>
    boundsOf(
      keys[i] ?? '',
      column.flatMap((value) => (typeof value === 'number' ? [{ value }] : [])),
    ),
  );
  const members = new Map<string, { readonly values: Cell[]; readonly rows: number[] }>();
  for (let row = 0; row < statuses.length; row++) {
    const values = by.map((column) => column[row] ?? null);
    const key = keyOf(values);
    const group = members.get(key);
    if (group) group.rows.push(row);
    else members.set(key, { values, rows: [row] });
  }
  return [...members.values()]
    .map(({ values, rows }) => ({
      values,
      runs: rows.length,
      unfinished: rows.filter((row) => statuses[row] !== 'finished').length,
      metrics: metrics.map((column, i) => sumUp(column, seeds, rows, bounds[i])),
    }))
    .sort((a, b) => compareLists(a.values, b.values));
}

function sumUp(
  column: readonly Cell[],
  seeds: readonly Cell[],
  rows: readonly number[],
  bounds: Bounds | undefined,
): SeedSummary {
  const measured = rows.flatMap((row) => {
    const value = column[row];
    const seed = seeds[row];
    return typeof value === 'number' ? [{ value, params: typeof seed === 'number' ? { seed } : {} }] : [];
  });
  return summarizeRuns(measured, bounds);
}

/** A value to order groups by: of one of `by`, or a metric's mean. */
export interface GroupSort {
  readonly kind: 'value' | 'metric';
  readonly index: number;
  readonly descending: boolean;
}

/** The groups in order; those without the value come last in either direction. */
export function sortGroups(groups: readonly RunGroup[], sorts: readonly GroupSort[]): RunGroup[] {
  const cellOf = (group: RunGroup, { kind, index }: GroupSort): Cell =>
    kind === 'value' ? (group.values[index] ?? null) : (group.metrics[index]?.summary?.mean ?? null);
  return [...groups].sort((a, b) => {
    for (const sort of sorts) {
      const [one, other] = [cellOf(a, sort), cellOf(b, sort)];
      const order = compareCells(one, other);
      if (order !== 0) return sort.descending && one !== null && other !== null ? -order : order;
    }
    return 0;
  });
}

function compareLists(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, cell] of a.entries()) {
    const order = compareCells(cell, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

const rank = (cell: Cell): number => (cell === null ? 3 : typeof cell === 'number' ? (Number.isNaN(cell) ? 1 : 0) : 2);

/** Numbers by size and NaN after them, then texts, then nothing. */
function compareCells(a: Cell, b: Cell): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === 'number' && typeof b === 'number') return a === b || Number.isNaN(a) ? 0 : a - b;
  return naturalOrder(String(a), String(b));
}
