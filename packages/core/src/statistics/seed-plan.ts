import { ConfigError } from '../text/errors.ts';
import type { NextLook } from './comparison.ts';
import type { DifferenceSpread } from './family.ts';
import { spendOf } from './looks.ts';
import { namingBest, type PlannedTest, POWER, plannedPairs, plannedRange, seedsFor } from './power.ts';
import { ALPHA, deviationInterval, hedges, type Interval } from './student.ts';

// How many seeds a comparison needs, before it is made. It is planned for the test that will be done (family.ts): what a
// plan calls enough names the best level as often as it says.

/** How often a difference that is there may be shown: what a plan says seeds for. */
export const CHANCES = [0.5, POWER, 0.95] as const;

/** Of a comparison whose levels have no seeds yet. */
export const FIRST_LOOK: NextLook = { spread: null, spend: spendOf(1), shared: 0 };

/** A comparison that is to be made. */
export interface SeedsAsked extends Omit<NextLook, 'spread'> {
  /** How many levels are compared. */
  readonly levels: number;
  /** Of a difference over seeds; one that was given and not measured has no degrees of freedom. */
  readonly spread: DifferenceSpread | { readonly sd: number; readonly df: null } | null;
  /** Whether the spreads of pairs differ, so that each is measured by its own. */
  readonly own?: boolean;
  /** The smallest difference that matters; left out: some sizes about as large as the spread. */
  readonly difference?: number | null;
}

/** How many seeds name the best of the levels with some chance. */
export interface PlannedSeeds {
  readonly chance: number;
  /** Null where 1,000 do not. */
  readonly seeds: number | null;
  /** The same where the spread is as large as the upper end of its interval; null where 1,000 do not, or there is none. */
  readonly atMost: number | null;
}

/** A difference that one wants to see. */
export interface PlannedSize {
  /** By how much the best level is better than each other; null where the spread is not known. */
  readonly difference: number | null;
  /** The same in spreads, without the bias of few seeds (Hedges' g). */
  readonly effectSize: number;
  /** For each of {@link CHANCES}. */
  readonly chances: readonly PlannedSeeds[];
  /** How many seeds show one given pair so far apart in 80% of the cases, the best or not. */
  readonly pair: number | null;
}

export interface SeedPlan {
  readonly levels: number;
  readonly spread: { readonly sd: number; readonly df: number | null; readonly ci95: Interval | null } | null;
  /** How often a winner may be named where there is none, of the 5% of all looks. */
  readonly alpha: number;
  /** Variance that all seeds have in common, as a share of one's (splits.ts). */
  readonly shared: number;
  readonly sizes: readonly PlannedSize[];
}

/** In spreads, where nobody says what matters. */
const SOME_SIZES = [0.5, 1, 2, 4];

/** @throws ConfigError for a difference or a spread that is none */
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

/** The test of one of all pairs. */
function testOf(levels: number, alpha: number, shared: number, own: boolean): PlannedTest {
  const pairs = (levels * (levels - 1)) / 2;
  return own || levels < 3 ? plannedPairs(alpha / pairs, shared) : plannedRange(alpha, levels, shared);
}

/** Four round numbers, from about half of a spread to about four times of it. */
function roundAbout(spread: number): number[] {
  const from = Math.floor(3 * Math.log10(spread / 2));
  return [0, 1, 2, 3].map((i) => {
    const step = from + i;
    const power = Math.floor(step / 3);
    return Number(`${[1, 2, 5][step - 3 * power]}e${power}`);
  });
}
