import type { Values } from '../design/levels.ts';
import type { Goal } from '../metrics/metric.ts';
import type { DifferenceSpread, Method, Signs } from './family.ts';
import type { SeedSummary } from './replicates.ts';
import type { PairedTest } from './student.ts';

// What a comparison is asked, and what it says.

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
