import jStat from 'jstat';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { unitOf } from './moments.ts';
import { signTestP } from './sign-test.ts';

/** Lower and upper end. */
export type Interval = readonly [number, number];

/** How often a test may show a difference that does not exist; an interval holds the truth in all other cases. */
export const ALPHA = 0.05;

/** The probability of an F statistic at least this large where nothing differs; exact in the tail, too. */
export const upperTailF = (f: number, df1: number, df2: number): number =>
  f === Number.POSITIVE_INFINITY ? 0 : jStat.ibeta(df2 / (df2 + df1 * f), df2 / 2, df1 / 2);

/** The two-sided p-value of a t statistic: its square is an F statistic on 1 and df degrees of freedom. */
export const twoSidedT = (t: number, df: number): number => upperTailF(t * t, 1, df);

/** The t that a two-sided test at `alpha` must reach. */
export const criticalT = (alpha: number, df: number): number => jStat.studentt.inv(1 - alpha / 2, df);

/** Student's interval of a mean, at 95% by default; null for one value, which has no spread. */
export function meanInterval(average: number, sd: number | null, n: number, shared = 0): Interval | null {
  if (n < 2 || sd === null) return null;
  const half = criticalT(ALPHA, n - 1) * sd * Math.sqrt(1 / n + shared);
  return [average - half, average + half];
}

/** The 95% interval of a standard deviation measured with so many degrees of freedom. */
export const deviationInterval = (sd: number, df: number): Interval => [
  sd * Math.sqrt(df / jStat.chisquare.inv(1 - ALPHA / 2, df)),
  sd * Math.sqrt(df / jStat.chisquare.inv(ALPHA / 2, df)),
];

/** The comparison of two levels by their own values. */
export interface PairedTest {
  readonly nPairs: number;
  readonly difference: number;
  /** Null where all differences are equal: nothing tells how far another one would be off. */
  readonly ci95: Interval | null;
  /**
   * Two-sided, of Student's t on nPairs - 1 degrees of freedom. Where all differences are equal, that of their signs,
   * 2^(1 - nPairs) for seeds with data of their own: more digits cannot make it smaller.
   */
  readonly p: number;
  /**
   * Hedges' g of paired samples: mean over standard deviation of the differences, without the bias of few pairs. Null
   * where all differences are equal, and for two pairs, which say nothing of a standard deviation.
   */
  readonly effectSize: number | null;
}

/** How a test is made. */
export interface TestOptions {
  /** The share of cases in which the interval misses the true difference; 0.05 where left out. */
  readonly alpha?: number;
  /**
   * The variance that all values have in common, as a share of one's: it stays in a mean of any number of values. 0
   * where left out.
   */
  readonly shared?: number;
  /** For equivalence: smaller differences count as none. */
  readonly margin?: number | undefined;
}

/** Differences whose relative distance is smaller are equal: rounding sets equal ones apart. */
export const ROUNDING = 1e-12;

/** A difference and its standard error, which every test here has. */
export interface Studentized {
  readonly difference: number;
  readonly se: number;
  readonly df: number;
}

/**
 * The p of two one-sided tests that a difference lies within ±margin (Schuirmann 1987).
 * @param pOf the two-sided p of a t
 */
export function equivalenceP({ difference, se }: Studentized, margin: number, pOf: (t: number) => number): number {
  const t = (margin - Math.abs(difference)) / se;
  return t > 0 ? pOf(t) / 2 : 1 - pOf(t) / 2;
}

/** Student's paired test; null for fewer than two pairs. */
export function pairedTest(
  differences: readonly number[],
  { alpha = ALPHA, shared = 0, margin }: TestOptions = {},
): (PairedTest & { readonly pSame?: number }) | null {
  const n = differences.length;
  if (n < 2) return null;
  // In units of the largest difference, whose square could overflow or be 0.
  const unit = unitOf(differences);
  const scaled = differences.map((value) => value / unit);
  const [average, sd] = [mean(scaled), sampleStandardDeviation(scaled)];
  const difference = average * unit;
  if (sd <= ROUNDING) {
    return { nPairs: n, difference, ci95: null, p: average === 0 ? 1 : signTestP(0, n, shared), effectSize: null };
  }
  const df = n - 1;
  const found = { difference: average, se: sd * Math.sqrt(1 / n + shared), df };
  return {
    nPairs: n,
    difference,
    ci95: intervalOf(found, criticalT(alpha, df), unit),
    p: twoSidedT(average / found.se, df),
    effectSize: n > 2 ? hedges(df) * (average / sd) : null,
    ...(margin === undefined ? {} : { pSame: equivalenceP(found, margin / unit, (t) => twoSidedT(t, df)) }),
  };
}

export const intervalOf = ({ difference, se }: Studentized, critical: number, unit: number): Interval => [
  (difference - critical * se) * unit,
  (difference + critical * se) * unit,
];

/**
 * Welch's test of two independent samples with different spreads (Welch 1947), on the degrees of freedom of
 * Satterthwaite. Its effect size is in units of the root of the mean variance (Delacre et al. 2021). Where neither
 * sample has a spread, p is that of the exact permutation test.
 * @param a at least two values, as `b`
 * @returns a test as for pairs, with 0 pairs; null for fewer values, and where splits of one file have no spread
 */
export function welchTest(
  a: readonly number[],
  b: readonly number[],
  { alpha = ALPHA, shared = 0, margin }: TestOptions = {},
): (PairedTest & { readonly df: number | null; readonly pSame?: number }) | null {
  if (a.length < 2 || b.length < 2) return null;
  const unit = unitOf([...a, ...b]);
  const [first, second] = [a, b].map((values) => momentsOf(values, unit, shared)) as [Moments, Moments];
  const variance = first.ofMean + second.ofMean;
  const difference = first.mean - second.mean;
  if (Math.sqrt(variance) <= ROUNDING) {
    // Runs of two levels that share a file are no more exchangeable than its splits are.
    if (shared > 0) return null;
    const p = Math.abs(difference) <= ROUNDING ? 1 : apartP(a.length, b.length);
    return { nPairs: 0, df: null, difference: difference * unit, ci95: null, p, effectSize: null };
  }
  const df = variance ** 2 / (first.ofMean ** 2 / first.df + second.ofMean ** 2 / second.df);
  const found = { difference, se: Math.sqrt(variance), df };
  const [s1, s2] = [first.variance, second.variance];
  const effectDf = (s1 + s2) ** 2 / (s1 ** 2 / first.df + s2 ** 2 / second.df);
  return {
    nPairs: 0,
    df,
    difference: difference * unit,
    ci95: intervalOf(found, criticalT(alpha, df), unit),
    p: twoSidedT(difference / found.se, df),
    effectSize: effectDf > 1 ? hedges(effectDf) * (difference / Math.sqrt((s1 + s2) / 2)) : null,
    ...(margin === undefined ? {} : { pSame: equivalenceP(found, margin / unit, (t) => twoSidedT(t, df)) }),
  };
}

/**
 * The share of all ways to deal out values, `a` of them high and `b` low, that separate high from low: two ways where a
 * = b.
 */
function apartP(a: number, b: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(a, b); i++) ways *= (Math.max(a, b) + i) / i;
  return (a === b ? 2 : 1) / ways;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** The variance of the mean. */
  readonly ofMean: number;
  readonly df: number;
}

function momentsOf(values: readonly number[], unit: number, shared: number): Moments {
  const scaled = values.map((value) => value / unit);
  const variance = sampleStandardDeviation(scaled) ** 2;
  return { mean: mean(scaled), variance, ofMean: variance * (1 / values.length + shared), df: values.length - 1 };
}

/**
 * The exact factor that removes the bias of a standardised mean difference (Hedges 1981); 0.80 at 4 degrees of freedom.
 */
export const hedges = (df: number): number =>
  Math.exp(jStat.gammaln(df / 2) - jStat.gammaln((df - 1) / 2)) / Math.sqrt(df / 2);

/** Holm's correction for several tests (Holm 1979), in the order of `p`; a NaN stands for no test. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).filter((i) => !Number.isNaN(p[i]));
  order.sort((a, b) => (p[a] as number) - (p[b] as number));
  const corrected = new Array<number>(p.length).fill(Number.NaN);
  let highest = 0;
  for (const [rank, i] of order.entries()) {
    highest = Math.max(highest, Math.min(1, (order.length - rank) * (p[i] as number)));
    corrected[i] = highest;
  }
  return corrected;
}
