import { levelOf } from '../design/levels.ts';
import { type Observation, REPETITION } from '../design/observation.ts';

// Runs as a table of factors and seeds for an analysis of variance: one row for each seed of each combination, however
// many runs it has (replicates.ts).

/** A factor of the table: one path, or several paths whose levels go together one to one. */
export interface LayoutFactor {
  readonly paths: readonly string[];
  /** How many levels have a finite value. */
  readonly levels: number;
}

export interface LayoutRow {
  /** The level of each factor, counted from 0. */
  readonly at: readonly number[];
  /** Counted from 0. */
  readonly seed: number;
  /** The mean over the runs of this seed at these levels. */
  readonly value: number;
}

export interface Layout {
  readonly factors: readonly LayoutFactor[];
  readonly rows: readonly LayoutRow[];
  readonly seeds: number;
  /** Runs whose value is NaN or infinite, which are in no row. */
  readonly diverged: number;
}

/** @param by the paths of the factors; paths that vary together are merged into one factor */
export function layoutOf(observations: readonly Observation[], by: readonly string[]): Layout {
  const finite = observations.filter(({ value }) => Number.isFinite(value));
  const factors = factorColumns(finite, by);
  const seeds = numbered(finite.map((run) => run.params[REPETITION] ?? run));
  const sums = new Map<string, { at: number[]; seed: number; sum: number; runs: number }>();
  for (const [i, { value }] of finite.entries()) {
    const at = factors.map(({ numbers }) => numbers[i] as number);
    const seed = seeds.numbers[i] as number;
    const key = [...at, seed].join();
    const row = sums.get(key) ?? { at, seed, sum: 0, runs: 0 };
    // Divided while adding: the plain sum of large values could overflow.
    row.sum += (value - row.sum) / ++row.runs;
    sums.set(key, row);
  }
  return {
    factors: factors.map(({ paths, count }) => ({ paths, levels: count })),
    rows: [...sums.values()].map(({ at, seed, sum }) => ({ at, seed, value: sum })),
    seeds: seeds.count,
    diverged: observations.length - finite.length,
  };
}

/**
 * The levels of some paths, run by run. Paths that vary together are one factor; those that do not vary are left out.
 */
export const factorColumns = (runs: readonly Pick<Observation, 'params'>[], by: readonly string[]): FactorColumn[] =>
  asOne(by.map((path) => ({ paths: [path], ...numbered(runs.map((run) => levelOf(run, [path]))) })));

export interface FactorColumn {
  readonly paths: readonly string[];
  /** The level of each run, counted from 0. */
  readonly numbers: readonly number[];
  readonly count: number;
}

/** Equal keys get equal numbers, from 0 in order of appearance: columns that group the runs alike become equal. */
export function numbered(keys: readonly unknown[]): Pick<FactorColumn, 'numbers' | 'count'> {
  const known = new Map<unknown, number>();
  const numbers = keys.map((key) => {
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number;
  });
  return { numbers, count: known.size };
}

/** Merges columns that group the runs alike: nothing could tell them apart. */
function asOne(columns: readonly FactorColumn[]): FactorColumn[] {
  const groups = new Map<string, FactorColumn>();
  for (const column of columns) {
    if (column.count < 2) continue;
    const key = column.numbers.join();
    const same = groups.get(key);
    groups.set(key, same ? { ...same, paths: [...same.paths, ...column.paths] } : column);
  }
  return [...groups.values()];
}
