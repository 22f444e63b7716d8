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
  readonly ci95: Interval;
  /** Two-sided, of Student's t on nPairs - 1 degrees of freedom. */
  readonly p: number;
  /** Cohen's d of paired samples: mean over standard deviation of the differences; null where they are all the same. */
  readonly effectSize: number | null;
}

/** Student's paired test; null for fewer than two pairs. */
export function pairedTest(differences: readonly number[]): PairedTest | null {
  const n = differences.length;
  if (n < 2) return null;
  const difference = mean([...differences]);
  const sd = sampleStandardDeviation([...differences]);
  const ci95 = meanInterval(difference, sd, n) as Interval;
  if (sd === 0) return { nPairs: n, difference, ci95, p: difference === 0 ? 1 : 0, effectSize: null };
  const p = twoSided((difference / sd) * Math.sqrt(n), n - 1);
  return { nPairs: n, difference, ci95, p, effectSize: difference / sd };
}

const MOST_PAIRS = 1000;

/** How many pairs a test at `alpha` needs to call a difference of this effect size one; null beyond 1,000. */
export function pairsNeeded(effectSize: number, alpha: number): number | null {
  for (let n = 2; n <= MOST_PAIRS; n++) {
    if (Math.abs(effectSize) * Math.sqrt(n) >= criticalT(alpha, n - 1)) return n;
  }
  return null;
}

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
