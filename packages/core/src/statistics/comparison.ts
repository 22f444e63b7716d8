import type { Values } from '../design/levels.ts';
import type { Goal } from '../metrics/metric.ts';
import type { DifferenceSpread, Method, Signs } from './family.ts';
import type { SeedSummary } from './replicates.ts';
import type { PairedTest } from './student.ts';

// What a comparison is asked for, and its result.

/** The seeds of a level whose runs in part never reached what the metric waits for. */
export interface Order {
  readonly seeds: number;
  readonly reached: number;
  /** Infinite where fewer than half of the seeds reached it. */
  readonly median: number;
}

/** One level of the factors, with its result. */
export interface Level extends SeedSummary {
  /** How many runs never reached what the metric waits for; the summary is then of the others and has no interval. */
  readonly never?: number;
  readonly order?: Order;
  /** The level's key. */
  readonly level: string;
  /** The level's values, in the order of the factors; undefined where its runs lack the path. */
  readonly values: Values;
}

/** Two levels; `a` comes first in the order of levels. */
export interface Pair extends Partial<PairedTest> {
  readonly a: string;
  readonly b: string;
  /** How many seeds both have, each with the mean difference over runs that share all else. */
  readonly nPairs: number;
  /** How many pairs of runs have one that diverged. */
  readonly nDiverged: number;
  /** Where these two levels differ beside what is compared; other pairs may have more confounds. */
  readonly confounds: readonly string[];
  /** Adjusted for all pairs of the comparison; undefined where there is no test. */
  readonly pAdjusted?: number;
  /** The p of two one-sided tests that the difference is smaller than the margin (TOST), adjusted for all pairs. */
  readonly pSame?: number;
  /** Where some runs never reached what the metric waits for: in how many seeds each of the two is ahead (signs.ts). */
  readonly signs?: Signs;
  /** True where the two share no seeds: tested as independent samples (Welch). */
  readonly unpaired?: true;
  /**
   * Where the difference is not distinguishable: how many seeds show a difference of this size in 80% of cases; null
   * beyond 1,000.
   */
  readonly pairsNeeded?: number | null;
}

/** What follows from the levels alone. */
export type LevelVerdict =
  /** The levels differ in more than what is compared: differences cannot be attributed to it. */
  | { readonly kind: 'confounded'; readonly paths: readonly string[] }
  | { readonly kind: 'one-level' }
  /**
   * Too few seeds for a verdict: with some level the best one shares only `pairs` seeds, and `needed` are needed; of
   * `diverged` pairs of runs one diverged.
   */
  | { readonly kind: 'not-enough-runs'; readonly pairs: number; readonly needed: number; readonly diverged: number }
  /** `best` is distinguishable from every other level, except the `untested` ones, which have too few seeds. */
  | { readonly kind: 'best'; readonly best: string; readonly over: Pair; readonly untested: readonly string[] }
  /**
   * `best` has the best mean, but the other level of `by` beats it where both have runs that share all else: the means
   * are over different runs, some of which have no counterpart or diverged.
   */
  | { readonly kind: 'contradicted'; readonly best: string; readonly by: Pair }
  /** `best` has the best mean, the levels in `same` are within the margin of it, and the remaining ones are worse. */
  | {
      readonly kind: 'same';
      readonly best: string;
      readonly same: readonly string[];
      readonly margin: number;
      readonly untested: readonly string[];
    }
  /**
   * `best` has the best mean, and `tied` are not distinguishable from it; `needed` seeds would show it in 80% of cases.
   * `over` is its pair with the next level that is shown to be worse; null where there is none.
   */
  | {
      readonly kind: 'tied';
      readonly best: string;
      readonly tied: readonly string[];
      readonly over: Pair | null;
      readonly needed: number | null;
      readonly untested: readonly string[];
    };

/** The comparison at one level of the factor on which the effect depends; all facets share one family. */
export interface Facet {
  /** The key of that level. */
  readonly level: string;
  /** The values of that level. */
  readonly values: Values;
  readonly comparison: Comparison<LevelVerdict>;
}

/**
 * The factors have no single effect: it depends on another factor (dependence.ts) and is given at each level of that
 * one.
 */
export interface Depends {
  readonly kind: 'depends';
  /** The factors whose effect depends: the compared ones, or where several are compared, those other than `on`. */
  readonly of: readonly string[];
  /** The paths on which the effect depends; they vary as one factor. */
  readonly on: readonly string[];
  /** Adjusted for all factors that were asked for, and for looks. */
  readonly p: number;
  /** The other factors on which the effect depends as well. */
  readonly also: readonly (readonly string[])[];
  readonly within: readonly Facet[];
  /** The level that is best at each of them, if one is: then only the size of the effect depends. */
  readonly everywhere: string | null;
  /** The verdict on the levels, regardless of the other factor. */
  readonly without: LevelVerdict;
}

export type Verdict = LevelVerdict | Depends;

export interface Comparison<V = Verdict> {
  readonly metric: string;
  readonly by: readonly string[];
  /** Null where nobody defines which way is better: `best` is then the highest, and must not be called better. */
  readonly goal: Goal | null;
  readonly levels: readonly Level[];
  readonly pairs: readonly Pair[];
  readonly confounds: readonly string[];
  /** How the pairs were tested; the intervals of the differences hold simultaneously. */
  readonly method: Method;
  /** How often these runs may have been looked at, this time included; null where that is not known (looks.ts). */
  readonly look: number | null;
  /** What is known of the next look at these levels, when they will have more seeds. */
  readonly next: NextLook;
  /** Smaller differences count as none; null where no margin was given. */
  readonly margin: number | null;
  /** How many runs still train: the verdict is an interim one until they end. */
  readonly training: number;
  readonly verdict: V;
}

/** What is known of a test before its seeds are trained. */
export interface NextLook {
  /** The spread of a difference over seeds; null where these runs do not tell it. */
  readonly spread: DifferenceSpread | null;
  /** The share of the 5% that the look may spend (looks.ts). */
  readonly spend: number;
  /** The variance that all seeds have in common, as a share of one's (splits.ts). */
  readonly shared: number;
}

/** What a comparison is asked for. */
export interface Asked {
  readonly metric: string;
  /** Flattened config paths. */
  readonly by: readonly string[];
  readonly goal?: Goal | null;
  /** Smaller differences count as none; in units of the metric. */
  readonly margin?: number | null;
  /** How many runs of these levels have not ended. */
  readonly training?: number;
  /** The share of the 5% that it may spend, as one of several comparisons in a family; 1 where left out. */
  readonly share?: number;
}
