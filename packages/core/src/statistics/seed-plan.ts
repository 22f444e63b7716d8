import { ConfigError } from '../text/errors.ts';
import type { NextLook } from './comparison.ts';
import type { DifferenceSpread } from './family.ts';
import { spendOf } from './looks.ts';
import { namingBest, type PlannedTest, POWER, plannedPairs, plannedRange, seedsFor } from './power.ts';
import { ALPHA, deviationInterval, hedges, type Interval } from './student.ts';

// How many seeds a comparison needs, before it is made. The plan is for the test that will be used (family.ts), so that
// the planned seeds name the best level as often as the plan says.

/** The probabilities of showing an existing difference for which a plan gives numbers of seeds. */
export const CHANCES = [0.5, POWER, 0.95] as const;

/** The first look at a comparison whose levels have no seeds yet. */
export const FIRST_LOOK: NextLook = { spread: null, spend: spendOf(1), shared: 0 };

/** A comparison to plan. */
export interface SeedsAsked extends Omit<NextLook, 'spread'> {
  /** How many levels will be compared. */
  readonly levels: number;
  /** The spread of a difference over seeds; one that was given and not measured has no degrees of freedom. */
  readonly spread: DifferenceSpread | { readonly sd: number; readonly df: null } | null;
  /** Whether the spreads of pairs differ, so that each pair is measured by its own. */
  readonly own?: boolean;
  /** The smallest difference that matters; where left out, some sizes around the spread are planned for. */
  readonly difference?: number | null;
}

/** How many seeds name the best level with a given probability. */
export interface PlannedSeeds {
  readonly chance: number;
  /** Null where 1,000 are not enough. */
  readonly seeds: number | null;
  /**
   * The number if the spread is at the upper end of its interval; null where 1,000 are not enough, or there is no
   * interval.
   */
  readonly atMost: number | null;
}

/** A difference that one wants to be able to see. */
export interface PlannedSize {
  /** By how much the best level is better than each other one; null where the spread is not known. */
  readonly difference: number | null;
  /** The same in spreads, without the bias of few seeds (Hedges' g). */
  readonly effectSize: number;
  /** One for each of {@link CHANCES}. */
  readonly chances: readonly PlannedSeeds[];
  /** How many seeds show the difference of one given pair this far apart, the best level or not, in 80% of cases. */
  readonly pair: number | null;
}

export interface SeedPlan {
  readonly levels: number;
  readonly spread: { readonly sd: number; readonly df: number | null; readonly ci95: Interval | null } | null;
  /** How often, of the 5% of all looks, a winner may be named where there is none. */
  readonly alpha: number;
  /** The variance that all seeds have in common, as a share of one's (splits.ts). */
  readonly shared: number;
  readonly sizes: readonly PlannedSize[];
}

/** Effect sizes in spreads, for when nobody says which difference matters. */
const SOME_SIZES = [0.5, 1, 2, 4];

/** @throws ConfigError for an invalid difference or spread */
export function planSeeds({ levels, spread, spend, shared, own = false, difference = null }: SeedsAsked): SeedPlan {
  if (difference !== null && !(difference > 0 && Number.isFinite(difference))) {
    throw new ConfigError('--difference', {
      en: `expected a number above 0, the smallest difference that matters, got ${difference}`,
      zh: `应为大于 0 的数，即有意义的最小差异，得到 ${difference}`,
    });
  }
  const alpha = ALPHA * spend;
  const one = testOf(levels, alpha, shared, own);
  const best = namingBest(one, levels, !own);
  const ci95 = spread?.df ? deviationInterval(spread.sd, spread.df) : null;
  const sizeOf = (of: number | null, effectSize: number): PlannedSize => ({
    difference: of,
    effectSize,
    chances: CHANCES.map((chance) => ({
      chance,
      seeds: seedsFor(best, effectSize, chance),
      atMost: ci95 && of !== null ? seedsFor(best, of / ci95[1], chance) : null,
    })),
    pair: seedsFor(one, effectSize, POWER),
  });
  const inSpreads = (of: number) => (spread ? ((spread.df ? hedges(spread.df) : 1) * of) / spread.sd : of);
  const sizes = spread
    ? (difference === null ? roundAbout(spread.sd) : [difference]).map((of) => sizeOf(of, inSpreads(of)))
    : SOME_SIZES.map((effectSize) => sizeOf(null, effectSize));
  return { levels, spread: spread && { ...spread, ci95 }, alpha, shared, sizes };
}

/** The test of one pair among all. */
function testOf(levels: number, alpha: number, shared: number, own: boolean): PlannedTest {
  const pairs = (levels * (levels - 1)) / 2;
  return own || levels < 3 ? plannedPairs(alpha / pairs, shared) : plannedRange(alpha, levels, shared);
}

/** Four round numbers, from about half the spread to about four times the spread. */
function roundAbout(spread: number): number[] {
  const from = Math.floor(3 * Math.log10(spread / 2));
  return [0, 1, 2, 3].map((i) => {
    const step = from + i;
    const power = Math.floor(step / 3);
    return Number(`${[1, 2, 5][step - 3 * power]}e${power}`);
  });
}
