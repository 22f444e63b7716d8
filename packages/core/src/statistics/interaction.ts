import { FEWEST_PAIRS } from './family.ts';
import { unitOf } from './moments.ts';
import { type SeedTable, type Solved, seedTables, type TableValue } from './seed-tables.ts';
import { signTestP } from './sign-test.ts';
import { ROUNDING, upperTailF } from './student.ts';
import { add, dot, rangeOf, solverOf } from './symmetric.ts';

// Whether the effect of one factor depends on another (an interaction), with the seeds as replicates. Each seed has its
// own effect of every row and column of the two factors; what these leave of its table is its interaction, and F
// compares the mean of these tables with how they differ from seed to seed, as in an analysis of repeated measures.
// With all cells there, this is the F of that analysis; with some missing, that of least squares, exact for errors of
// one spread.

export interface Interaction {
  readonly f: number;
  /** Degrees of freedom after the correction for unequal spreads, so not whole numbers. */
  readonly df: number;
  readonly dfError: number;
  readonly p: number;
  /** The root mean square of what the rows and columns leave of a cell, in units of the metric. */
  readonly size: number;
  /** How many seeds have a table. */
  readonly seeds: number;
}

/** More cells would keep a page waiting. */
const MOST_CELLS = 256;

/**
 * Tests an interaction; null where fewer than three seeds have a table, and where rows and columns leave nothing. Cells
 * differ in spread: what fails spreads more than what works. The degrees of freedom are therefore Box's, as estimated
 * by Geisser and Greenhouse (1958), which is conservative with few seeds; with two levels of each factor no correction
 * is needed, and the test is the t test of the difference of differences.
 * @param shared the variance that all seeds have in common, as a share of one's (splits.ts)
 */
export function interactionOf(values: readonly TableValue[], cells: number, shared = 0): Interaction | null {
  if (cells > MOST_CELLS) return null;
  // In units of the largest value, whose square could overflow.
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
    // All seeds agree: exact sign flips, as for a pair (student.ts).
    const isNone = Math.sqrt(explained / rank) <= ROUNDING;
    const f = isNone ? 0 : Number.POSITIVE_INFINITY;
    return { f, df: rank, dfError, p: isNone ? 1 : signTestP(0, seeds, shared), size, seeds };
  }
  const f = explained / rank / (left / dfError) / (1 + seeds * shared);
  const share = Math.min(1, directionsOf(residuals, cells) / rank);
  const [df, dfBeside] = [share * rank, share * dfError];
  return { f, df, dfError: dfBeside, p: upperTailF(f, df, dfBeside), size, seeds };
}

/** The mean table of all seeds, each weighted by what it tells, and what it leaves of each seed's table. */
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
 * The effective number of directions in which the seeds' tables differ: the squared trace of their covariance over the
 * trace of its square; 1 where they all differ in one direction.
 */
function directionsOf(residuals: readonly Float64Array[], cells: number): number {
  const trace = residuals.reduce((sum, table) => sum + dot(table, table), 0);
  // The Gram matrix of the seeds has the same traces as the covariance of the cells; the smaller of the two is faster.
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
