import { type Design, designOf, differing, pairKey, settingOf } from '../design/design.ts';
import type { DesignLevel, Values } from '../design/levels.ts';
import type { Observation } from '../design/observation.ts';
import { goalOf } from '../metrics/goal.ts';
import type { Goal } from '../metrics/metric.ts';
import { ConfigError } from '../text/errors.ts';
import type { Text } from '../text/text.ts';
import {
  type DifferenceSpread,
  type FamilyLevel,
  type FamilyTest,
  FEWEST_PAIRS,
  familyOf,
  type Method,
  type Signs,
} from './family.ts';
import { looksOf, spendOf } from './looks.ts';
import { boundsOf, traitsOf } from './metric-traits.ts';
import { meansByKey, repetitionOf, type SeedSummary, seedDifferences, seedMeans, summarizeRuns } from './replicates.ts';
import { signFamily } from './signs.ts';
import { sharedVariance } from './splits.ts';
import { ALPHA, type PairedTest, pairedTest } from './student.ts';
import type { Summary } from './summary.ts';

export { ALPHA, FEWEST_PAIRS };

/** Each two levels are tested against each other: their number grows with the square. */
const MOST_LEVELS = 300;

/** The seeds of a level of which some never reached what the metric waits for. */
export interface Order {
  readonly seeds: number;
  readonly reached: number;
  /** Infinite where fewer than half of them reached it. */
  readonly median: number;
}

/** One level of the factors. */
export interface Level extends SeedSummary {
  /** Runs that never reached what the metric waits for; then the summary is of those that did, and without an interval. */
  readonly never?: number;
  readonly order?: Order;
  /** Its key. */
  readonly level: string;
  /** Its values of the factors; undefined where its runs have no such path. */
  readonly values: Values;
}

/** Two levels, a the first in their order. */
export interface Pair extends Partial<PairedTest> {
  readonly a: string;
  readonly b: string;
  /** Seeds that both have, each with the mean difference over the runs that share all else. */
  readonly nPairs: number;
  /** Pairs of runs of which one diverged. */
  readonly nDiverged: number;
  /** In what these two differ beside what is compared: other levels may differ in more. */
  readonly confounds: readonly string[];
  /** Holds over all pairs of the comparison together; undefined where there is no test. */
  readonly pAdjusted?: number;
  /** Of two one-sided tests, that the difference is smaller than the margin (TOST), over all pairs together. */
  readonly pSame?: number;
  /** Where some runs never got there: in how many seeds which of the two is ahead (signs.ts). */
  readonly signs?: Signs;
  /** The two share no seeds: tested as independent samples (Welch). */
  readonly unpaired?: true;
  /** Where the difference is not distinguishable: how many seeds show one of this size in 80% of the cases, null beyond 1,000. */
  readonly pairsNeeded?: number | null;
}

/** What the levels themselves say. */
export type LevelVerdict =
  /** The groups differ in more than what is compared: no difference can be laid to it. */
  | { readonly kind: 'confounded'; readonly paths: readonly string[] }
  | { readonly kind: 'one-level' }
  /** Too few seeds to say anything. `needed` is what each pair of levels lacks at least; others `diverged`. */
  | { readonly kind: 'not-enough-runs'; readonly pairs: number; readonly needed: number; readonly diverged: number }
  /** `best` is distinguishable from every other level, but for those that are `untested` for too few seeds. */
  | { readonly kind: 'best'; readonly best: string; readonly over: Pair; readonly untested: readonly string[] }
  /**
   * `best` has the best mean, but `by.a` or `by.b`, the other one, beats it where both have runs that share all else: the
   * means are of different runs, some of which have no counterpart or diverged.
   */
  | { readonly kind: 'contradicted'; readonly best: string; readonly by: Pair }
  /** `same` are within the margin of `best`, which has the best mean; whatever is neither of them is worse. */
  | {
      readonly kind: 'same';
      readonly best: string;
      readonly same: readonly string[];
      readonly margin: number;
      readonly untested: readonly string[];
    }
  /**
   * `best` has the best mean, and `tied` are not distinguishable from it. `needed` seeds would show it in 80% of the cases.
   * `over` is the pair of it and the next level that is shown to be worse; null where there is none.
   */
  | {
      readonly kind: 'tied';
      readonly best: string;
      readonly tied: readonly string[];
      readonly over: Pair | null;
      readonly needed: number | null;
      readonly untested: readonly string[];
    };

/** The comparison at one level of what its factors' effect depends on; all such are one family. */
export interface Facet {
  /** The key of that level. */
  readonly level: string;
  /** Its values of what the effect depends on. */
  readonly values: Values;
  readonly comparison: Comparison<LevelVerdict>;
}

/** The effect of the factors is not one: it depends on another factor (dependence.ts), and is told at each of its levels. */
export interface Depends {
  readonly kind: 'depends';
  /** The factors whose effect depends: what is compared, or of several the others than `on`. */
  readonly of: readonly string[];
  /** On what: the paths that vary as one. */
  readonly on: readonly string[];
  /** Adjusted for all factors that were asked for, and for looks. */
  readonly p: number;
  /** On what else it depends. */
  readonly also: readonly (readonly string[])[];
  readonly within: readonly Facet[];
  /** The level that is best at each of them: then only by how much depends. */
  readonly everywhere: string | null;
  /** What the levels say whatever the other factor is. */
  readonly without: LevelVerdict;
}

export type Verdict = LevelVerdict | Depends;

export interface Comparison<V = Verdict> {
  readonly metric: string;
  readonly by: readonly string[];
  /** Null where nobody says what is better: then the best level is the highest, and is to be called no more than that. */
  readonly goal: Goal | null;
  readonly levels: readonly Level[];
  readonly pairs: readonly Pair[];
  readonly confounds: readonly string[];
  /** How the pairs were tested; the intervals of their differences hold all at once. */
  readonly method: Method;
  /** How often these runs could have been looked at, this time included; null where that is not known (looks.ts). */
  readonly look: number | null;
  /** What the next look at these levels will be like, when they have more seeds. */
  readonly next: NextLook;
  /** How small a difference is none; null where that was not asked. */
  readonly margin: number | null;
  /** Runs that still train: what they bring is to come, and the verdict is an interim one. */
  readonly training: number;
  readonly verdict: V;
}

/** What is known of a test before its seeds are there. */
export interface NextLook {
  /** Of a difference over seeds; null where these runs do not tell it. */
  readonly spread: DifferenceSpread | null;
  /** The share of 5% that it may spend (looks.ts). */
  readonly spend: number;
  /** Variance that all seeds have in common, as a share (splits.ts). */
  readonly shared: number;
}

/** What a comparison is asked. */
export interface Asked {
  readonly metric: string;
  /** Flattened config paths. */
  readonly by: readonly string[];
  readonly goal?: Goal | null;
  /** How small a difference is none, in units of the metric. */
  readonly margin?: number | null;
  /** How many runs of these levels have not ended. */
  readonly training?: number;
  /** What share of the 5% it may spend, where it is one of several comparisons that are one family: 1. */
  readonly share?: number;
}

const badMargin = (came: number): Text => ({
  en: `expected a number above 0, the largest difference that does not matter, got ${came}`,
  zh: `应为大于 0 的数，即可以忽略的最大差异，得到 ${came}`,
});

/**
 * Compares the levels of some factors by a metric: each level's mean and interval over seeds, and each two levels' difference,
 * tested as one family (family.ts). A seed is one repetition, whatever else varies: neither runs that repeat a config nor
 * factors that are not compared count as evidence (replicates.ts).
 * @throws ConfigError for more levels than can be tested, and a margin that is none
 */
export function compareLevels(
  observations: readonly Observation[],
  { metric, by, goal = goalOf(metric), margin = null, training = 0, share = 1 }: Asked,
): Comparison<LevelVerdict> {
  if (margin !== null && !(margin > 0)) throw new ConfigError('--margin', badMargin(margin));
  const design = designOf(observations, by);
  if (design.levels.length > MOST_LEVELS) {
    throw new ConfigError('--by', {
      en: `${by.join(', ')} has ${design.levels.length} levels, at most ${MOST_LEVELS} are tested against each other; compare by another factor, or fewer runs`,
      zh: `${by.join('、')} 有 ${design.levels.length} 个水平，最多相互检验 ${MOST_LEVELS} 个；请按别的因素比较，或减少运行`,
    });
  }
  const { confounds } = design;
  const keyOf = (run: Observation) => pairKey(design, run);
  const traits = traitsOf(metric);
  const levels = levelsOf(design, metric);
  // What never came is behind every number: then the order is all that there is to test.
  const isOrder = traits.censored && observations.some(({ value }) => value === Number.POSITIVE_INFINITY);
  const isCounted = isOrder ? isNumber : Number.isFinite;
  const keyed = design.levels.map(({ key: level, runs: group }): KeyedLevel => {
    const values = meansByKey(group, keyOf, isCounted);
    const keys = group.every(({ value }) => isCounted(value)) ? values : new Set(group.map(keyOf));
    const settings = [...new Set(group.map((run) => settingOf(design, run)))].sort().join('\n');
    return { level, group, keys, values, means: seedMeans(group, isCounted), settings };
  });
  // One of too few seeds is no evidence for itself and none against others.
  const told = keyed.filter(({ means }) => means.length >= FEWEST_PAIRS);
  const runsOf = (group: readonly Observation[]) =>
    group.map((run) => ({ repetition: repetitionOf(run), launch: run.launch }));
  const look = looksOf(told.map(({ group }) => runsOf(group)));
  const shared = sharedVariance(observations);
  const family = (isOrder ? signFamily : familyOf)(told, {
    spend: share * (look === null ? 1 : spendOf(look)),
    nextSpend: share * (look === null ? 1 : spendOf(look + 1)),
    shared,
    ...(margin === null ? {} : { margin }),
  });
  const place = new Map(told.map(({ level }, i) => [level, i]));
  const pairs = keyed.flatMap((a, i) =>
    keyed.slice(i + 1).map((b): Pair => {
      const [first, second] = [place.get(a.level), place.get(b.level)];
      const test = first === undefined || second === undefined ? null : family.testOf(first, second);
      return pairOf(a, b, confounds, test);
    }),
  );
  const next = { spread: family.spread, spend: nextSpendOf(look, told.length), shared };
  const verdict = verdictOf(levels, pairs, { confounds, goal, margin });
  return { metric, by, goal, levels, pairs, confounds, method: family.method, look, next, margin, training, verdict };
}

/** Seeds that are added to levels of which nothing could be told make the first look. */
function nextSpendOf(look: number | null, told: number): number {
  if (told < 2) return spendOf(1);
  return look === null ? 1 : spendOf(look + 1);
}

/** What each level of some factors reached, in the order of the levels. */
export function levelsOf(design: Pick<Design<Observation>, 'levels'>, metric: string): Level[] {
  const { censored } = traitsOf(metric);
  const bounds = boundsOf(
    metric,
    design.levels.flatMap(({ runs }) => runs),
  );
  return design.levels.map(({ key: level, values, runs: group }: DesignLevel<Observation>) => {
    const found = { level, values, ...summarizeRuns(group, bounds) };
    if (!censored) return found;
    const never = group.filter(({ value }) => value === Number.POSITIVE_INFINITY).length;
    if (never === 0) return found;
    // An interval of those that reached it alone would be one of successes.
    const summary = found.summary && { ...found.summary, sd: null, ci95: null };
    return { ...found, summary, never, diverged: found.diverged - never, order: orderOf(seedMeans(group, isNumber)) };
  });
}

const isNumber = (value: number): boolean => !Number.isNaN(value);

/** How many seeds, and the one in the middle: infinite where fewer than half of them reached it. */
function orderOf(seeds: readonly number[]): Order {
  const sorted = [...seeds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] as number);
  return { seeds: sorted.length, reached: sorted.filter(Number.isFinite).length, median: (lower + upper) / 2 };
}

interface KeyedLevel extends FamilyLevel {
  readonly level: string;
  readonly group: readonly Observation[];
}

function pairOf(a: KeyedLevel, b: KeyedLevel, confounds: readonly string[], test: FamilyTest | null): Pair {
  const differences = test ? [] : seedDifferences(a.values, b.values);
  return {
    a: a.level,
    b: b.level,
    nPairs: differences.length,
    nDiverged: divergedPairs(a, b),
    confounds: differing(a.group, b.group, confounds),
    ...(test ?? pairedTest(differences)),
  };
}

/** Runs that have a counterpart, where one of the two has no finite value. */
function divergedPairs(a: KeyedLevel, b: KeyedLevel): number {
  if (a.keys === a.values && b.keys === b.values) return 0;
  const shared = [...a.keys.keys()].filter((key) => b.keys.has(key));
  return shared.filter((key) => !a.values.has(key) || !b.values.has(key)).length;
}

/**
 * Levels with a mean, the best first. One of too few seeds is no evidence for itself and none against others: it is left
 * out where two others have enough.
 */
function rankedBy(levels: readonly Level[], goal: Goal | null): Level[] {
  const sign = goal === 'lowest' ? 1 : -1;
  const isOrder = levels.some(({ order }) => order);
  const told = levels.filter((level) => seedsOf(level) >= FEWEST_PAIRS);
  return (told.length > 1 ? told : levels.filter((level) => seedsOf(level) > 0)).sort((x, y) =>
    isOrder
      ? compareOrders(orderIn(x), orderIn(y))
      : sign * ((x.summary as Summary).mean - (y.summary as Summary).mean),
  );
}

/** Seeds that have something to say: a number, or that they never got there. */
const seedsOf = ({ summary, order }: Level): number => order?.seeds ?? summary?.n ?? 0;

/** Of a level all of whose runs got there the middle is not kept: the mean stands for it. */
const orderIn = ({ order, summary }: Level): Order =>
  order ?? { seeds: summary?.n ?? 0, reached: summary?.n ?? 0, median: summary?.mean ?? Number.POSITIVE_INFINITY };

/** The sooner first; of those that mostly never get there, the one that does so more often. */
function compareOrders(x: Order, y: Order): number {
  if (x.median !== y.median) return x.median < y.median ? -1 : 1;
  return y.reached / y.seeds - x.reached / x.seeds;
}

const isTested = ({ pAdjusted }: Pair): boolean => pAdjusted !== undefined;

/** The level with the best mean, the one that verdict and matrix are about. */
export const bestOf = (levels: readonly Level[], goal: Goal | null): Level | undefined => rankedBy(levels, goal)[0];

/** How much better a level is by one of its pairs, above 0 where it is: the difference, or signed ranks. */
export function leadOf({ a, difference = 0, signs }: Pair, level: string, goal: Goal | null): number {
  const ofA = signs ? signs.lead : goal === 'lowest' ? -difference : difference;
  return a === level ? ofA : -ofA;
}

function verdictOf(
  levels: readonly Level[],
  pairs: readonly Pair[],
  { confounds, goal, margin }: Pick<Comparison, 'confounds' | 'goal' | 'margin'>,
): LevelVerdict {
  if (confounds.length > 0) return { kind: 'confounded', paths: confounds };
  const finite = levels.filter((level) => seedsOf(level) > 0);
  const ranked = rankedBy(levels, goal);
  const [best, second] = ranked;
  if (!best || !second) return { kind: 'one-level' };
  // A level whose runs all diverged has nothing to test; more of them would change nothing.
  const measured = new Set(finite.map(({ level }) => level));
  const all = pairs.filter(
    ({ a, b }) => (a === best.level && measured.has(b)) || (b === best.level && measured.has(a)),
  );
  const against = all.filter(isTested);
  const tooFew = all.filter((pair) => !isTested(pair));
  const [fewest] = [...tooFew].sort((x, y) => x.nPairs - y.nPairs);
  if (fewest && against.length === 0) {
    const { nPairs, nDiverged } = fewest;
    return { kind: 'not-enough-runs', pairs: nPairs, needed: FEWEST_PAIRS, diverged: nDiverged };
  }
  const other = ({ a, b }: Pair) => (a === best.level ? b : a);
  const untested = tooFew.map(other);
  const isSame = ({ pSame = 1 }: Pair) => pSame < ALPHA;
  const isShown = ({ pAdjusted = 1 }: Pair) => pAdjusted < ALPHA;
  const lead = (pair: Pair) => leadOf(pair, best.level, goal);
  const [worst] = against.filter((pair) => isShown(pair) && lead(pair) < 0).sort((x, y) => lead(x) - lead(y));
  if (worst) return { kind: 'contradicted', best: best.level, by: worst };
  const same = against.filter(isSame);
  if (margin !== null && same.length > 0 && against.every((pair) => isSame(pair) || isShown(pair))) {
    return { kind: 'same', best: best.level, same: same.map(other), margin, untested };
  }
  const missed = against.filter((pair) => !isShown(pair));
  const byRank = ranked.flatMap(({ level }) => against.find((pair) => other(pair) === level) ?? []);
  const over = byRank.find(isShown) ?? null;
  if (missed.length > 0) {
    const needs = missed.map((pair) => pair.pairsNeeded ?? null);
    const needed = needs.some((n) => n === null) ? null : Math.max(...(needs as number[]));
    return { kind: 'tied', best: best.level, tied: missed.map(other), over, needed, untested };
  }
  return { kind: 'best', best: best.level, over: byRank[0] as Pair, untested };
}
