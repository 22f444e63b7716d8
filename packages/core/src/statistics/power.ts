import { normalCdf, normalDensity } from './normal.ts';
import { criticalT } from './student.ts';
import { criticalRange, overSpreads } from './studentized-range.ts';

/** How often a test should show a difference that is there. */
export const POWER = 0.8;
/** The standard normal value below which {@link POWER} of all lie. */
const POWER_Z = 0.8416;

/** Two seeds say nothing of a spread. */
const LEAST = 3;
const MOST = 1000;

/** A test that is yet to be made, by its number of seeds. */
export interface PlannedTest {
  /** What tells it from others. */
  readonly key: string;
  dfOf(n: number): number;
  /** The t that it must reach. */
  criticalOf(n: number): number;
  /** The variance of the estimated difference, where that of one difference is 1. */
  varianceOf(n: number): number;
  /** Given the chance of one pair: that of the best level to be shown better than each other; left out for one pair. */
  readonly best?: {
    /** How many others there are. */
    readonly others: number;
    /** Whether all pairs are measured by one spread; each by its own, one knows of them together only what Bonferroni knows. */
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

/** The critical value of a range at more degrees of freedom than this is read between some: it is smooth in 1/df. */
const FEW = 120;

/** All pairs of `k` levels by the common residual of seeds as blocks (Tukey), at `alpha`. */
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

/** The same test, of which the best of `k` levels must show all its pairs: then it is named. */
export const namingBest = (test: PlannedTest, k: number, common = true): PlannedTest =>
  k < 3 ? test : { ...test, key: `${test.key} best ${k} ${common}`, best: { others: k - 1, common } };

/**
 * How often a test of `n` seeds shows a difference of `effectSize` standard deviations: the mass of the noncentral t beyond
 * the critical values. Given the sample's standard deviation t is normal (Owen 1968); this adds up over that.
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
 * How likely each of some others is below the best by more than a test asks for. Their means are independent and the best's
 * is in all differences: given that one, each other is.
 * @param room by how many standard deviations of a difference the true one is larger than what the test asks for
 */
function beatsAll(room: number, others: number): number {
  let sum = 0;
  for (let i = -FARTHEST_Z / Z_STEP; i <= FARTHEST_Z / Z_STEP; i++) {
    const z = i * Z_STEP;
    sum += normalDensity(z) * normalCdf(z + Math.SQRT2 * room) ** others;
  }
  return Z_STEP * sum;
}

/** How often a two-sided paired t test of `n` pairs at `alpha` shows a difference of `effectSize` standard deviations. */
export const power = (effectSize: number, n: number, alpha: number): number =>
  powerOf(plannedPairs(alpha), effectSize, n);

const smallest = new Map<string, Map<number, number>>();
const MOST_KEPT = 500;

/**
 * How many seeds show a difference of an effect size in {@link POWER} of the cases, null beyond 1,000. The smallest effects
 * that some seeds show are found once a test: a comparison asks for as many as it has pairs.
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

/** The effect size that `n` seeds show in {@link POWER} of the cases, by secants. */
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
 * How many seeds a test needs to show a difference of an effect size with some chance, null beyond 1,000: what
 * {@link seedsNeeded} says of {@link POWER}, for one effect size.
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

/** How many pairs show a difference of this effect size in a paired t test at `alpha`; null beyond 1,000. */
export const pairsNeeded = (effectSize: number, alpha: number): number | null =>
  seedsNeeded(plannedPairs(alpha))(effectSize);
