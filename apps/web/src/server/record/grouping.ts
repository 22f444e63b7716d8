import {
  type Cell,
  designOf,
  levelsOf,
  naturalOrder,
  type Observation,
  type ParamValue,
  type SeedSummary,
  SPLIT_PATHS,
} from '@whorl/core';

/** Runs with equal values of some fields. */
export interface SummarizedGroup {
  /** Their values of those fields; null where they have none. */
  readonly values: Cell[];
  readonly runs: number;
  /** How many of them did not finish. Their values count all the same. */
  readonly unfinished: number;
  readonly metrics: SummarizedMetric[];
}

export interface SummarizedMetric extends SeedSummary {
  /** How many runs never reached the goal of the metric. */
  readonly never: number;
}

/** A key that is equal for two rows exactly if their cells are. A number differs from its text. */
const keyOf = (cells: readonly Cell[]): string => JSON.stringify(cells.map((cell) => [typeof cell, String(cell)]));

/** The params that distinguish repetitions of a configuration, and tell whether they split one file. A column each. */
export const REPLICATE_PATHS = ['seed', ...SPLIT_PATHS] as const;

/**
 * Groups runs by the columns of `by`, and summarizes the columns of `metrics` in each group as a comparison does: over
 * seeds, with the same intervals.
 * @param by columns with a cell for each run
 * @param statuses a cell for each run
 * @param replicates the columns of {@link REPLICATE_PATHS}
 * @param keys of the metrics, on which the kind of interval depends
 * @returns the groups in order of their values, missing values last
 */
export function groupRuns(
  by: readonly Cell[][],
  metrics: readonly Cell[][],
  statuses: readonly Cell[],
  replicates: readonly Cell[][],
  keys: readonly string[] = [],
): SummarizedGroup[] {
  const members = new Map<string, { readonly values: Cell[]; readonly rows: number[] }>();
  for (let row = 0; row < statuses.length; row++) {
    const values = by.map((column) => column[row] ?? null);
    const key = keyOf(values);
    const group = members.get(key);
    if (group) group.rows.push(row);
    else members.set(key, { values, rows: [row] });
  }
  const groups = [...members.values()];
  const params = paramsOf(replicates, groups);
  const summaries = metrics.map((column, i) => summariesOf(column, params, keys[i] ?? ''));
  return groups
    .map(({ values, rows }, group) => ({
      values,
      runs: rows.length,
      unfinished: rows.filter((row) => statuses[row] !== 'finished').length,
      metrics: summaries.map((of) => of.get(group) ?? NOTHING),
    }))
    .sort((a, b) => compareLists(a.values, b.values));
}

const GROUP = 'group';
const NOTHING: SummarizedMetric = { summary: null, runs: 0, diverged: 0, never: 0 };
type Params = Record<string, ParamValue>;

/** For each run its repetition and the number of its group. */
function paramsOf(replicates: readonly Cell[][], groups: readonly { readonly rows: readonly number[] }[]): Params[] {
  const params: Params[] = [];
  for (const [group, { rows }] of groups.entries()) {
    for (const row of rows) {
      const own: Params = { [GROUP]: group };
      for (const [i, path] of REPLICATE_PATHS.entries()) {
        const cell = replicates[i]?.[row];
        if (cell !== null && cell !== undefined) own[path] = cell;
      }
      params[row] = own;
    }
  }
  return params;
}

/** The summary of each group by its number; null for groups without values. */
function summariesOf(
  column: readonly Cell[],
  params: readonly Params[],
  metric: string,
): Map<number, SummarizedMetric> {
  const measured = params.flatMap((own, row): Observation[] => {
    const value = column[row];
    return typeof value === 'number' ? [{ params: own, value }] : [];
  });
  return new Map(
    levelsOf(designOf(measured, [GROUP]), metric).map(({ values: [group], summary, runs, diverged, never = 0 }) => [
      group as number,
      { summary, runs, diverged, never },
    ]),
  );
}

/** What to order groups by: one of `by`, or the mean of a metric. */
export interface GroupSort {
  readonly kind: 'value' | 'metric';
  readonly index: number;
  readonly descending: boolean;
}

/** Sorts groups. Those without the value come last in either direction. */
export function sortGroups(groups: readonly SummarizedGroup[], sorts: readonly GroupSort[]): SummarizedGroup[] {
  const cellOf = (group: SummarizedGroup, { kind, index }: GroupSort): Cell =>
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

/** Numbers by size, then NaN, then texts, then missing values. */
function compareCells(a: Cell, b: Cell): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (typeof a === 'number' && typeof b === 'number') return a === b || Number.isNaN(a) ? 0 : a - b;
  return naturalOrder(String(a), String(b));
}
