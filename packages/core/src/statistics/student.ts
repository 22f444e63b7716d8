import jStat from 'jstat';
import { mean, sampleStandardDeviation } from 'simple-statistics';

/** Lower and upper end. */
export type Interval = readonly [number, number];

const LEVEL = 0.95;

/** How likely an F statistic at least this large is where nothing differs; exact for small tails too. */
export const upperTailF = (f: number, df1: number, df2: number): number =>
  jStat.ibeta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2);

/** The two-sided p-value of a t statistic: its square is an F statistic on 1 and df degrees of freedom. */
const twoSided = (t: number, df: number): number => upperTailF(t * t, 1, df);

/** The t that a two-sided test at `alpha` must reach. */
export const criticalT = (alpha: number, df: number): number => jStat.studentt.inv(1 - alpha / 2, df);

/** Student's 95% interval of a mean; null for one value, which has no spread. */
export function meanInterval(average: number, sd: number | null, n: number): Interval | null {
  if (n < 2 || sd === null) return null;
  const half = (criticalT(1 - LEVEL, n - 1) * sd) / Math.sqrt(n);
  return [average - half, average + half];
}

/** A paired comparison: the mean of a - b over pairs. */
export interface PairedTest {
  readonly nPairs: number;
  readonly difference: number;
  /** Null where all differences are the same: nothing says how far another would be off. */
  readonly ci95: Interval | null;
  /**
   * Two-sided, of Student's t on nPairs - 1 degrees of freedom; where all differences are the same, of exact sign flips,
   * 2^(1 - nPairs), which no number of digits makes smaller.
   */
  readonly p: number;
  /**
   * Hedges' g of paired samples: mean over standard deviation of the differences, without the bias of few pairs; null
   * where they are all the same, and of two pairs, which say nothing of a standard deviation.
   */
  readonly effectSize: number | null;
}

/** Differences that are apart by less of their size are the same: rounding makes such of equal ones. */
const ROUNDING = 1e-12;

/** Student's paired test; null for fewer than two pairs. */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  const n = differences.length;
  if (n < 2) return null;
  // In units of the largest, whose square would not be a number, or be 0.
  const unit = differences.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scaled = differences.map((value) => value / unit);
  const [average, sd] = [mean(scaled), sampleStandardDeviation(scaled)];
  const difference = average * unit;
  if (sd <= ROUNDING)
    return { nPairs: n, difference, ci95: null, p: average === 0 ? 1 : 2 ** (1 - n), effectSize: null };
  const [low, high] = meanInterval(average, sd, n) as Interval;
  const p = twoSided((average / sd) * Math.sqrt(n), n - 1);
  const effectSize = n > 2 ? hedges(n - 1) * (average / sd) : null;
  return { nPairs: n, difference, ci95: [low * unit, high * unit], p, effectSize };
}

/** What takes the bias of a standardised mean difference away (Hedges 1981), exactly; 0.80 at 4 degrees of freedom. */
const hedges = (df: number): number =>
  Math.exp(jStat.gammaln(df / 2) - jStat.gammaln((df - 1) / 2)) / Math.sqrt(df / 2);

/** Holm's correction for many tests (Holm 1979), in the order of `p`. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((a, b) => (p[a] as number) - (p[b] as number));
  const corrected = new Array<number>(p.length);
  let highest = 0;
  for (const [rank, i] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (p.length - rank) * (p[i] as number)));
    corrected[i] = highest;
  }
  return corrected;
}
