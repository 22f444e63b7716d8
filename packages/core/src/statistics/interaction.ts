import { FEWEST_PAIRS } from './family.ts';
import { unitOf } from './moments.ts';
import { type SeedTable, type Solved, seedTables, type TableValue } from './seed-tables.ts';
import { signTestP } from './sign-test.ts';
import { ROUNDING, upperTailF } from './student.ts';
import { add, dot, rangeOf, solverOf } from './symmetric.ts';

// Whether the effect of one factor depends on another (an interaction), with the seeds as replicates. Each seed has its own
// effect of every row and of every column of the two factors; what is left of its table beside them is its interaction, and
// F compares the mean of these tables to how they differ from seed to seed, as in an analysis of repeated measures. Where
// all cells are there this is its F; where some are missing it is that of least squares, exact for errors of one spread.

export interface Interaction {
  readonly f: number;
  /** Degrees of freedom, after the correction for unequal spreads: no whole numbers. */
  readonly df: number;
  readonly dfError: number;
  readonly p: number;
  /** The root mean square of what a cell is beside its row and column, in units of the metric. */
  readonly size: number;
  /** How many seeds have a table. */
  readonly seeds: number;
}

/** More cells would keep a page waiting. */
const MOST_CELLS = 256;

/**
 * Tests an interaction; null where fewer than three seeds have a table, and where nothing is to be told from rows and columns.
 * Cells differ in spread: what fails is more spread than what works. The degrees of freedom are therefore those of Box, with
 * the estimate of Geisser and Greenhouse (1958), which is careful where there are few seeds; two levels of each factor need
 * none of it, and are the t test of the difference of differences.
 * @param shared variance that all seeds have in common, as a share of one's (splits.ts)
 */
export function interactionOf(values: readonly TableValue[], cells: number, shared = 0): Interaction | null {
  if (cells > MOST_CELLS) return null;
  // Squares of values in units of the largest are numbers.
  const unit = unitOf(values.map(({ value }) => value));
  const tables = seedTables(values, cells, unit);
  if (tables.length < FEWEST_PAIRS) return null;
  const { mean, rank, residuals } = common(tables, cells);
  const dfError = tables.reduce((sum, { solved }) => sum + solved.rank, -rank);
  if (rank === 0 || dfError === 0) return null;
  const explained = tables.reduce((sum, { table }) => sum + dot(table, mean), 0);
  const left = residuals.reduce((sum, table) => sum + dot(table, table), 0);
  const seeds = tables.length;
  const size = unit * Math.sqrt(dot(mean, mean) / cells);
  if (Math.sqrt(left / dfError) <= ROUNDING) {
    // All seeds say the same: exact sign flips, as for a pair (student.ts).
    const isNone = Math.sqrt(explained / rank) <= ROUNDING;
    const f = isNone ? 0 : Number.POSITIVE_INFINITY;
    return { f, df: rank, dfError, p: isNone ? 1 : signTestP(0, seeds, shared), size, seeds };
  }
  const f = explained / rank / (left / dfError) / (1 + seeds * shared);
  const share = Math.min(1, directionsOf(residuals, cells) / rank);
  const [df, dfBeside] = [share * rank, share * dfError];
  return { f, df, dfError: dfBeside, p: upperTailF(f, df, dfBeside), size, seeds };
}

/** The mean table of all seeds, each by what it says; and of each seed what is beside it. */
function common(tables: readonly SeedTable[], cells: number) {
  const sums = new Float64Array(cells);
  for (const { table } of tables) add(sums, table, 1);
  const [first] = tables;
  if (first && tables.every(({ solved }) => solved === first.solved)) {
    const mean = sums.map((value) => value / tables.length);
    return { mean, rank: first.solved.rank, residuals: tables.map(({ table }) => minus(table, mean)) };
  }
  const counts = new Map<Solved, number>();
  for (const { solved } of tables) counts.set(solved, (counts.get(solved) ?? 0) + 1);
  const weights = Array.from({ length: cells }, () => new Float64Array(cells));
  for (const [solved, count] of counts) {
    for (const vector of solved.space()) {
      for (const [i, row] of weights.entries()) add(row, vector, count * (vector[i] as number));
    }
  }
  const space = rangeOf(weights);
  const mean = solverOf(weights, space)(sums);
  const residuals = tables.map(({ table, solved }) => minus(table, onto(solved.space(), mean)));
  return { mean, rank: space.length, residuals };
}

/**
 * In how many directions the seeds' tables differ, as their spread counts: the squared trace of its covariance over the trace
 * of its square, 1 where one direction has it all.
 */
function directionsOf(residuals: readonly Float64Array[], cells: number): number {
  const trace = residuals.reduce((sum, table) => sum + dot(table, table), 0);
  // The Gram matrix of the seeds has the same traces as the covariance of the cells: the smaller one is faster.
  const vectors =
    residuals.length <= cells
      ? residuals
      : Array.from({ length: cells }, (_, cell) => Float64Array.from(residuals, (table) => table[cell] as number));
  const ofSquare = vectors.reduce((sum, a) => sum + vectors.reduce((line, b) => line + dot(a, b) ** 2, 0), 0);
  return trace ** 2 / ofSquare;
}

function onto(space: readonly Float64Array[], table: Float64Array): Float64Array {
  const found = new Float64Array(table.length);
  for (const vector of space) add(found, vector, dot(vector, table));
  return found;
}

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - (b[i] as number));
