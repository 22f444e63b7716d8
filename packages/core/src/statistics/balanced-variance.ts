import type { Layout } from './layout.ts';
import { type Line, squares, termsOf, type Variance } from './variance.ts';

/** Whether every combination of levels has every seed. */
export const isBalanced = ({ factors, rows, seeds }: Layout): boolean =>
  rows.length === factors.reduce((product, { levels }) => product * levels, seeds);

/**
 * The variance of a balanced layout, in which all lines are orthogonal and sums of squares follow from means, however
 * many levels there are. Each line is tested against its interaction with the seeds, as in an analysis of repeated
 * measures.
 */
export function balancedVariance(layout: Layout, values: Float64Array): Variance {
  const { factors, rows, seeds } = layout;
  const seed = factors.length;
  const counts = [...factors.map(({ levels }) => levels), seeds];
  const at = rows.map((row) => [...row.at, row.seed]);

  /** Adds (or, by `sign`, subtracts) to each row the mean over all factors except those in `of`. */
  const addMeans = (effect: Float64Array, of: readonly number[], sign: number): void => {
    const cellOf = at.map((levels) => of.reduce((cell, i) => cell * (counts[i] as number) + (levels[i] as number), 0));
    const cells = of.reduce((product, i) => product * (counts[i] as number), 1);
    const sums = new Float64Array(cells);
    for (const [row, cell] of cellOf.entries()) (sums[cell] as number) += values[row] as number;
    for (const [row, cell] of cellOf.entries()) {
      (effect[row] as number) += (sign * (sums[cell] as number) * cells) / rows.length;
    }
  };
  /** The sum of squares that some factors explain together, beyond what any fewer of them explain. */
  const sumOf = (of: readonly number[]): number => {
    const effect = new Float64Array(rows.length);
    for (let subset = 0; subset < 2 ** of.length; subset++) {
      const some = of.filter((_, i) => subset & (1 << i));
      addMeans(effect, some, (of.length - some.length) % 2 === 0 ? 1 : -1);
    }
    return squares(effect);
  };
  const lines = termsOf(layout).map((of): Line => {
    const df = of.reduce((product, i) => product * ((counts[i] as number) - 1), 1);
    return { of, df, sum: sumOf(of), error: sumOf([...of, seed]), dfError: df * (seeds - 1) };
  });
  lines.push({ of: [], df: seeds - 1, sum: sumOf([seed]), error: 0, dfError: 0 });
  const [sum, df] = lines.reduce(([sum, df], line) => [sum + line.sum, df + line.df], [0, 0]);
  const residual = { df: rows.length - 1 - df, sum: Math.max(0, squares(values) - sum) };
  return { lines, residual, leftOut: [], error: 'seeds' };
}
