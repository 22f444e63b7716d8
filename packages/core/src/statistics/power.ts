import { normalCdf, normalDensity } from './normal.ts';
import { criticalT } from './student.ts';
import { criticalRange, overSpreads } from './studentized-range.ts';

/** How often a test should show a difference that exists. */
export const POWER = 0.8;
/** The standard normal quantile of {@link POWER}. */
const POWER_Z = 0.8416;

/** Fewer seeds say nothing of a spread. */
const LEAST = 3;
const MOST = 1000;

/** A planned test, described by how it depends on the number of seeds n. */
export interface PlannedTest {
  /** Tells it apart from other planned tests. */
  readonly key: string;
  dfOf(n: number): number;
  /** The t that the test must reach. */
  criticalOf(n: number): number;
  /** The variance of the estimated difference, in units of the variance of a single difference. */
  varianceOf(n: number): number;
  /** Present where the best level is to be shown better than each other one; absent for one pair. */
  readonly best?: {
    /** How many other levels there are. */
    readonly others: number;
    /**
     * Whether all pairs share one spread. Where each has its own, only Bonferroni's bound is known for all together.
     */
    readonly common: boolean;
  };
}

/** A paired t test at `alpha`. */
export const plannedPairs = (alpha: number, shared = 0): PlannedTest => ({
  key: `pairs ${alpha} ${shared}`,
  dfOf: (n) => n - 1,
  criticalOf: (n) => criticalT(alpha, n - 1),
  varianceOf: (n) => 1 / n + shared,
});

/** With more degrees of freedom than this the critical range is interpolated: it is smooth in 1/df. */
const FEW = 120;

/** All pairs of `k` levels by the common residual, with seeds as blocks (Tukey), at `alpha`. */
export function plannedRange(alpha: number, k: number, shared = 0): PlannedTest {
  const dfOf = (n: number) => (k - 1) * (n - 1);
  const far = [FEW, 2 * FEW, 1e7].map((df) => ({ x: 1 / df, t: () => criticalRange(alpha, k, df) / Math.SQRT2 }));
  return {
    key: `range ${alpha} ${k} ${shared}`,
    dfOf,
    criticalOf: (n) => {
      const df = dfOf(n);
      if (df <= FEW) return criticalRange(alpha, k, df) / Math.SQRT2;
      return far.reduce(
        (sum, { x, t }, i) =>
          sum +
          far.reduce((weight, other, j) => (j === i ? weight : weight * ((1 / df - other.x) / (x - other.x))), t()),
        0,
      );
    },
    varianceOf: (n) => 1 / n + shared,
  };
}

/** The same test, required to show the best of `k` levels better than each other one, so that it can be named. */
export const namingBest = (test: PlannedTest, k: number, common = true): PlannedTest =>
  k < 3 ? test : { ...test, key: `${test.key} best ${k} ${common}`, best: { others: k - 1, common } };

/**
 * The power of a test with `n` seeds for a difference of `effectSize` standard deviations: the mass of the noncentral t
 * beyond the critical values. Given the sample's standard deviation t is normal (Owen 1968); this integrates over that
 * deviation.
 */
export function powerOf({ dfOf, criticalOf, varianceOf, best }: PlannedTest, effectSize: number, n: number): number {
  const critical = criticalOf(n);
  const shift = effectSize / Math.sqrt(varianceOf(n));
  if (best?.common) return overSpreads(dfOf(n), (s) => beatsAll(shift - critical * s, best.others));
  const one = overSpreads(dfOf(n), (s) => normalCdf(shift - critical * s) + normalCdf(-shift - critical * s));
  return best ? Math.max(0, 1 - best.others * (1 - one)) : one;
}

const [FARTHEST_Z, Z_STEP] = [8, 0.2];

/**
 * The probability that every other level is below the best by more than the test requires. Given the mean of the best
 * level, which all differences share, the differences are independent.
 * @param room by how many standard deviations of a difference the true one exceeds what the test requires
 */
function beatsAll(room: number, others: number): number {
  let sum = 0;
  for (let i = -FARTHEST_Z / Z_STEP; i <= FARTHEST_Z / Z_STEP; i++) {
    const z = i * Z_STEP;
    sum += normalDensity(z) * normalCdf(z + Math.SQRT2 * room) ** others;
  }
  return Z_STEP * sum;
}

/**
 * The power of a two-sided paired t test of `n` pairs at `alpha` for a difference of `effectSize` standard deviations.
 */
export const power = (effectSize: number, n: number, alpha: number): number =>
  powerOf(plannedPairs(alpha), effectSize, n);

const smallest = new Map<string, Map<number, number>>();
const MOST_KEPT = 500;

/**
 * How many seeds show a difference of some effect size in {@link POWER} of cases; null beyond 1,000. The smallest
 * effects that n seeds show are computed once for a test, as a comparison asks for as many effect sizes as it has
 * pairs.
 */
export function seedsNeeded(test: PlannedTest): (effectSize: number) => number | null {
  if (smallest.size > MOST_KEPT) smallest.clear();
  const known = smallest.get(test.key) ?? new Map<number, number>();
  smallest.set(test.key, known);
  const shownBy = (n: number): number => {
    const found = known.get(n) ?? smallestShown(test, n);
    known.set(n, found);
    return found;
  };
  return (effectSize) => {
    const size = Math.abs(effectSize);
    if (!(shownBy(MOST) <= size)) return null;
    let [low, high] = [LEAST - 1, MOST];
    while (high - low > 1) {
      const middle = Math.floor(Math.sqrt(low * high));
      const at = middle > low ? middle : low + 1;
      if (shownBy(at) <= size) high = at;
      else low = at;
    }
    return high;
  };
}

/** The effect size that `n` seeds show in {@link POWER} of cases, by the secant method. */
function smallestShown(test: PlannedTest, n: number): number {
  const missing = (effect: number) => powerOf(test, effect, n) - POWER;
  const guess = (test.criticalOf(n) + POWER_Z) * Math.sqrt(test.varianceOf(n));
  let [low, high] = [0, guess];
  while (missing(high) < 0) [low, high] = [high, 2 * high];
  for (let i = 0; i < 60 && high - low > 1e-7 * high; i++) {
    const middle = (low + high) / 2;
    if (missing(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * How many seeds a test needs to show a difference of an effect size with probability `chance`; null beyond 1,000. As
 * {@link seedsNeeded}, for one effect size and any chance.
 */
export function seedsFor(test: PlannedTest, effectSize: number, chance: number): number | null {
  const isEnough = (n: number) => powerOf(test, effectSize, n) >= chance;
  let [low, high] = [LEAST - 1, LEAST];
  while (!isEnough(high)) {
    if (high === MOST) return null;
    [low, high] = [high, Math.min(MOST, 2 * high)];
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** How many pairs a paired t test at `alpha` needs to show a difference of this effect size; null beyond 1,000. */
export const pairsNeeded = (effectSize: number, alpha: number): number | null =>
  seedsNeeded(plannedPairs(alpha))(effectSize);
