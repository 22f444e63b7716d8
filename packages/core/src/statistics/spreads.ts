import { ROUNDING, upperTailF } from './student.ts';
import type { ConnectedPart } from './two-way.ts';

/** Spreads that differ more than chance makes them with this probability are not one spread. */
const RARE = 0.01;

/** The spread of the differences of one pair. */
export interface PairSpread {
  readonly variance: number;
  readonly df: number;
}

/**
 * Whether the spreads of some levels differ by more than chance allows, so that a common residual would describe none
 * of them. Two tests, each at 1%: whether one level's residual is larger than the others' (Russell and Bradley 1958,
 * exact for complete blocks), and whether the differences of the most spread pair spread more than those of the least
 * spread one.
 * @param pairs all pairs of levels, each with its own differences
 * @param step the step in which measured values come: a smaller spread is rounding
 */
export const spreadsDiffer = (part: ConnectedPart, pairs: readonly PairSpread[], step: number): boolean =>
  hasOutlier(part) || areFar(pairs, step);

/** For three levels or more: of two, each has half of the residual. */
function hasOutlier({ rows, residuals, df }: ConnectedPart): boolean {
  if (rows.length < 3) return false;
  const squares = new Map(rows.map((row) => [row, { n: 0, sum: 0 }]));
  let total = 0;
  for (const { row, value } of residuals) {
    const of = squares.get(row);
    if (!of) continue;
    of.n += 1;
    of.sum += value * value;
    total += value * value;
  }
  return [...squares.values()].some(({ n, sum }) => {
    const own = sum / ((df * n) / residuals.length);
    const [dfOwn, dfRest] = [n - 1, df - (n - 1)];
    if (dfOwn < 1 || dfRest < 1 || own === 0) return false;
    const rest = Math.max(0, total - dfOwn * own) / dfRest;
    return (
      rows.length * upperTailF(rest > ROUNDING * own ? own / rest : Number.POSITIVE_INFINITY, dfOwn, dfRest) < RARE
    );
  });
}

/** Differences that share a level have a ratio of spreads nearer to 1 than independent ones (Finney 1938). */
function areFar(pairs: readonly PairSpread[], step: number): boolean {
  if (pairs.length < 2) return false;
  const least = (step * step) / 6;
  const most = pairs.reduce((a, b) => (b.variance > a.variance ? b : a));
  const fewest = pairs.reduce((a, b) => (b.variance < a.variance ? b : a));
  const floor = Math.max(fewest.variance, least);
  if (floor === 0) return most.variance > 0;
  return pairs.length * (pairs.length - 1) * upperTailF(most.variance / floor, most.df, fewest.df) < RARE;
}
