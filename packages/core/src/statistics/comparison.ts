import { mean } from 'simple-statistics';
import type { ParamValue } from '../config/canonical.ts';
import { ConfigError } from '../errors.ts';
import { byLevel, confoundsOf, differing, type Observation, pairing } from './design.ts';
import { holm, type PairedTest, pairedTest, pairsNeeded } from './student.ts';
import { type Summary, summarize } from './summary.ts';

/** Fewer pairs than this are no evidence, whatever their numbers. */
export const FEWEST_PAIRS = 3;
export const ALPHA = 0.05;

/** Each two levels are tested against each other: their number grows with the square. */
const MOST_LEVELS = 300;

/** Whether more of a metric is better. */
export type Goal = 'highest' | 'lowest';

/** Losses, errors and times are better where they are low. */
export const goalOf = (metric: string): Goal => (/loss|error|ece|time|steps/i.test(metric) ? 'lowest' : 'highest');

/** One level of the factors. */
export interface Level {
  /** Its key. */
  readonly level: string;
  /** Its values of the factors; undefined where its runs have no such path. */
  readonly values: readonly (ParamValue | undefined)[];
  /** Of the finite values; null where there are none. */
  readonly summary: Summary | null;
  /** Runs whose value is NaN or infinite: they diverged, and no mean could hold them. */
  readonly diverged: number;
}

/** Two levels, a the one that appears first. */
export interface Pair extends Partial<PairedTest> {
  readonly a: string;
  readonly b: string;
  readonly nPairs: number;
  /** Pairs of which a run diverged. */
  readonly nDiverged: number;
  /** In what these two differ beside what is compared: other levels may differ in more. */
  readonly confounds: readonly string[];
  /** Holm-corrected over all pairs of the comparison; undefined where there is no test. */
  readonly pHolm?: number;
  /** Where the difference is not distinguishable: how many pairs would show one of this size, null beyond 1,000. */
  readonly pairsNeeded?: number | null;
}

export type Verdict =
  /** The groups differ in more than what is compared: no difference can be laid to it. */
  | { readonly kind: 'confounded'; readonly paths: readonly string[] }
  | { readonly kind: 'one-level' }
  /** Too few pairs to say anything. `needed` is what each pair of levels lacks at least; others `diverged`. */
  | { readonly kind: 'not-enough-runs'; readonly pairs: number; readonly needed: number; readonly diverged: number }
  /** `best` is distinguishable from every other level. */
  | { readonly kind: 'best'; readonly best: string; readonly over: Pair }
  /**
   * `best` has the best mean, but `by.a` or `by.b`, the other one, beats it where both have runs that share all else: the
   * means are of different runs, some of which have no counterpart or diverged.
   */
  | { readonly kind: 'contradicted'; readonly best: string; readonly by: Pair }
  /** `best` has the best mean, and `tied` are not distinguishable from it. `needed` pairs might. */
  | { readonly kind: 'tied'; readonly best: string; readonly tied: readonly string[]; readonly needed: number | null };

export interface Comparison {
  readonly metric: string;
  readonly by: readonly string[];
  readonly goal: Goal;
  readonly levels: readonly Level[];
  readonly pairs: readonly Pair[];
  readonly confounds: readonly string[];
  readonly verdict: Verdict;
}

/**
 * Compares the levels of some factors by a metric: each level's mean and interval, and for each two levels the paired
 * difference over the runs that share their seed and all else that varies. Runs that repeat a config count as one.
 * @param by flattened config paths
 * @throws ConfigError for more levels than can be tested
 */
export function compare(
  observations: readonly Observation[],
  { metric, by, goal = goalOf(metric) }: { metric: string; by: readonly string[]; goal?: Goal },
): Comparison {
  const groups = byLevel(observations, by);
  if (groups.size > MOST_LEVELS) {
    throw new ConfigError('--by', {
      en: `${by.join(', ')} has ${groups.size} levels, at most ${MOST_LEVELS} are tested against each other; compare by another factor, or fewer runs`,
      zh: `${by.join('、')} 有 ${groups.size} 个水平，最多相互检验 ${MOST_LEVELS} 个；请按别的因素比较，或减少运行`,
    });
  }
  const confounds = confoundsOf(observations, by);
  const keyOf = pairing(observations, by, confounds);
  const levels = levelsOf(observations, by);
  const keyed = [...groups].map(([level, group]) => {
    const values = meansByKey(group, keyOf);
    const keys = group.every(({ value }) => Number.isFinite(value)) ? values : new Set(group.map(keyOf));
    return { level, group, keys, values };
  });
  const untested = keyed.flatMap((a, i) => keyed.slice(i + 1).map((b) => pairOf(a, b, confounds)));
  const tested = untested.filter(({ p }) => p !== undefined);
  const corrected = holm(tested.map(({ p }) => p as number));
  const pairs = untested.map((pair): Pair => {
    const pHolm = corrected[tested.indexOf(pair)];
    if (pHolm === undefined) return pair;
    const missed = pHolm >= ALPHA && pair.effectSize !== null && pair.effectSize !== undefined && pair.effectSize !== 0;
    const needed = missed ? { pairsNeeded: pairsNeeded(pair.effectSize, ALPHA / tested.length) } : {};
    return { ...pair, pHolm, ...needed };
  });
  return { metric, by, goal, levels, pairs, confounds, verdict: verdictOf(levels, pairs, confounds, goal) };
}

/** What each level of some factors reached, in the order in which they first appear. */
export function levelsOf(observations: readonly Observation[], by: readonly string[]): Level[] {
  return [...byLevel(observations, by)].map(([level, group]) => {
    const finite = group.map(({ value }) => value).filter(Number.isFinite);
    const values = by.map((path) => group[0]?.params[path]);
    return {
      level,
      values,
      summary: finite.length > 0 ? summarize(finite) : null,
      diverged: group.length - finite.length,
    };
  });
}

interface Keyed {
  readonly level: string;
  readonly group: readonly Observation[];
  /** What its runs are paired by, those that diverged too. */
  readonly keys: ReadonlySet<string> | ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, number>;
}

/** The mean value of each key's runs; keys whose runs diverged are left out. */
export function meansByKey(
  group: readonly Observation[],
  keyOf: (observation: Observation) => string,
): Map<string, number> {
  const lists = new Map<string, number[]>();
  for (const observation of group) {
    if (!Number.isFinite(observation.value)) continue;
    const key = keyOf(observation);
    const list = lists.get(key);
    if (list) list.push(observation.value);
    else lists.set(key, [observation.value]);
  }
  return new Map([...lists].map(([key, values]) => [key, mean(values)]));
}

function pairOf(a: Keyed, b: Keyed, confounds: readonly string[]): Pair {
  const differences = [...a.values].flatMap(([key, value]) => {
    const other = b.values.get(key);
    return other === undefined ? [] : [value - other];
  });
  const shared = [...a.keys.keys()].filter((key) => b.keys.has(key)).length;
  return {
    a: a.level,
    b: b.level,
    nPairs: differences.length,
    nDiverged: shared - differences.length,
    confounds: differing(a.group, b.group, confounds),
    ...pairedTest(differences),
  };
}

function verdictOf(
  levels: readonly Level[],
  pairs: readonly Pair[],
  confounds: readonly string[],
  goal: Goal,
): Verdict {
  if (confounds.length > 0) return { kind: 'confounded', paths: confounds };
  const sign = goal === 'highest' ? -1 : 1;
  const ranked = levels
    .filter(({ summary }) => summary !== null)
    .sort((x, y) => sign * ((x.summary as Summary).mean - (y.summary as Summary).mean));
  const [best, second] = ranked;
  if (!best || !second) return { kind: 'one-level' };
  // A level whose runs all diverged has nothing to test; more of them would change nothing.
  const finite = new Set(ranked.map(({ level }) => level));
  const against = pairs.filter(
    ({ a, b }) => (a === best.level && finite.has(b)) || (b === best.level && finite.has(a)),
  );
  const [fewest] = [...against].sort((x, y) => x.nPairs - y.nPairs);
  if (fewest && fewest.nPairs < FEWEST_PAIRS) {
    const { nPairs, nDiverged } = fewest;
    return { kind: 'not-enough-runs', pairs: nPairs, needed: FEWEST_PAIRS, diverged: nDiverged };
  }
  const other = ({ a, b }: Pair) => (a === best.level ? b : a);
  const isShown = ({ pHolm = 1 }: Pair) => pHolm < ALPHA;
  /** How much better the best is by the pairs, above 0 where it is. */
  const lead = ({ a, difference = 0 }: Pair) => -sign * (a === best.level ? difference : -difference);
  const [worst] = against.filter((pair) => isShown(pair) && lead(pair) < 0).sort((x, y) => lead(x) - lead(y));
  if (worst) return { kind: 'contradicted', best: best.level, by: worst };
  const missed = against.filter((pair) => !isShown(pair));
  if (missed.length > 0) {
    const needs = missed.map((pair) => pair.pairsNeeded ?? null);
    const needed = needs.some((n) => n === null) ? null : Math.max(...(needs as number[]));
    return { kind: 'tied', best: best.level, tied: missed.map(other), needed };
  }
  const over = against.find((pair) => other(pair) === second.level) as Pair;
  return { kind: 'best', best: best.level, over };
}
