import { unitOf } from './moments.ts';
import { plannedPairs, plannedRange, seedsNeeded } from './power.ts';
import { differencesBySeed, type Keyed, seedBlocks } from './replicates.ts';
import { leastStep } from './resolution.ts';
import { canFlip, flippedP } from './sign-flips.ts';
import { type PairSpread, spreadsDiffer } from './spreads.ts';
import {
  ALPHA,
  criticalT,
  equivalenceP,
  hedges,
  intervalOf,
  type PairedTest,
  pairedTest,
  ROUNDING,
  twoSidedT,
  welchTest,
} from './student.ts';
import { criticalRange, upperTailRange } from './studentized-range.ts';
import { type ConnectedPart, fitTwoWay } from './two-way.ts';

// All tests of a comparison as one family: p-values and intervals hold simultaneously and agree with each other.

/** Fewer seeds than this are no evidence, whatever their values. */
export const FEWEST_PAIRS = 3;

/** How the differences of a comparison were tested. */
export interface Method {
  /**
   * The spread by which differences are measured: `common` is the residual of level + seed over all levels, `own` that
   * of the two levels alone. Where only the order counts (signs.ts), tests are by signed `ranks`, or by `signs` alone.
   */
  readonly spread: 'common' | 'own' | 'ranks' | 'signs';
  /**
   * What makes p-values and intervals hold simultaneously: `tukey`, the studentized range, exact where every level has
   * every seed; `sidak` where some are missing; `bonferroni` for pairs with spreads of their own; `flips`, the largest
   * of all pairs over all ways to flip the signs of seeds (sign-flips.ts), where there is no spread or only an order;
   * `none` for one pair.
   */
  readonly correction: 'none' | 'tukey' | 'sidak' | 'bonferroni' | 'flips';
  /**
   * Why the common residual is not used: `spreads` the spreads differ, `unpaired` some levels share no seeds,
   * `constant` all differences are equal, `never` some runs never reached what the metric waits for.
   */
  readonly because: 'spreads' | 'unpaired' | 'constant' | 'never' | null;
  /** How many pairs are tested together. */
  readonly tests: number;
  /** How many levels are. */
  readonly levels: number;
  /** Degrees of freedom of the common residual. */
  readonly df: number | null;
}

/** The part of a level that its tests need. */
export interface FamilyLevel {
  /** The finite values by key (replicates.ts). */
  readonly values: ReadonlyMap<string, Keyed>;
  /** All keys, those of diverged runs included. */
  readonly keys: ReadonlySet<string> | ReadonlyMap<string, unknown>;
  /** The mean of each of its seeds. */
  readonly means: readonly number[];
  /**
   * What its runs were trained under beside their seeds: levels without a common seed are compared only where this is
   * equal.
   */
  readonly settings: string;
}

/** In how many seeds each of two levels is ahead. */
export interface Signs {
  readonly a: number;
  readonly b: number;
  readonly ties: number;
  /** The tested statistic, above 0 where `a` is ahead: the sum of its signed ranks, or of its signs. */
  readonly lead: number;
}

/** A pair of levels, tested together with all others. */
export interface FamilyTest extends Omit<PairedTest, 'difference'> {
  /** Undefined where only the order counts. */
  readonly difference?: number;
  /** In how many seeds each of the two is ahead, where only the order counts. */
  readonly signs?: Signs;
  /** Adjusted for all pairs and for looks. */
  readonly pAdjusted: number;
  /** The p of two one-sided tests that the difference lies within the margin, adjusted likewise. */
  readonly pSame?: number;
  /** True for two samples that share no seeds: Welch's t. */
  readonly unpaired?: true;
  readonly pairsNeeded?: number | null;
}

export interface FamilyOptions {
  /** The share of 5% that this look may spend, and that of the next one (looks.ts); 1 where left out. */
  readonly spend?: number;
  readonly nextSpend?: number;
  /** The variance that all seeds have in common, as a share of one's (student.ts); 0 where left out. */
  readonly shared?: number;
  readonly margin?: number | undefined;
}

/** The standard deviation over seeds of the difference of two levels, and its degrees of freedom. */
export interface DifferenceSpread {
  readonly sd: number;
  readonly df: number;
}

export interface TestFamily {
  readonly method: Method;
  /**
   * The spread of differences; where pairs have their own, the largest. Null where no two levels share seeds, or
   * nothing varies.
   */
  readonly spread: DifferenceSpread | null;
  /** The test of a - b, by the places of the levels; null where there are too few seeds. */
  testOf(a: number, b: number): FamilyTest | null;
}

/** The tests of all pairs of some levels. */
export function familyOf(levels: readonly FamilyLevel[], options: FamilyOptions = {}): TestFamily {
  const pairs = pairsOf(levels);
  const tested = pairs.filter(({ kind }) => kind !== 'untested');
  const unit = unitOf(levels.flatMap(({ values }) => [...values.values()].map(({ value }) => value)));
  const unpaired = tested.some(({ kind }) => kind === 'unpaired');
  const parts =
    tested.length > 1 && !unpaired
      ? fitTwoWay(
          seedBlocks(
            levels.map(({ values }) => values),
            unit,
          ),
        )
      : [];
  const fit = parts.find(({ rows }) => rows.length === levels.length);
  const because = unpaired ? 'unpaired' : fit ? reasonAgainst(fit, tested, unit) : null;
  const chosen = because === 'constant' ? flipTests(levels, tested, options) : null;
  const test =
    chosen ??
    (fit && because === null
      ? commonTests(fit, tested.length, unit, options)
      : { ...ownTests(levels, tested.length, options), spread: largestSpread(tested, unit) });
  const known = new Map(tested.map((pair) => [pair.a * levels.length + pair.b, pair]));
  return {
    method: {
      ...test.method,
      because: tested.length > 1 ? because : unpaired ? 'unpaired' : null,
      tests: tested.length,
      levels: levels.length,
    },
    spread: test.spread,
    testOf: (a, b) => {
      const pair = known.get(a * levels.length + b);
      return pair ? test.of(pair) : null;
    },
  };
}

interface KnownPair {
  readonly a: number;
  readonly b: number;
  readonly kind: 'paired' | 'unpaired' | 'untested';
  readonly differences: readonly number[];
}

function pairsOf(levels: readonly FamilyLevel[]): KnownPair[] {
  return levels.flatMap((first, a) =>
    levels.slice(a + 1).map((second, i): KnownPair => {
      const differences = [...differencesBySeed(first.values, second.values).values()];
      const [fewer] = [first.means.length, second.means.length].sort((x, y) => x - y) as [number, number];
      const isPaired = differences.length >= FEWEST_PAIRS;
      const isApart = fewer >= FEWEST_PAIRS && first.settings === second.settings && sharesNone(first, second);
      return { a, b: a + 1 + i, kind: isPaired ? 'paired' : isApart ? 'unpaired' : 'untested', differences };
    }),
  );
}

/**
 * Whether two levels have no run in common. Runs that diverged count as runs: what they leave is not a random sample.
 */
const sharesNone = (a: FamilyLevel, b: FamilyLevel): boolean => ![...a.keys.keys()].some((key) => b.keys.has(key));

/** Why the residual of a fit cannot be tested with; null where it can. */
function reasonAgainst(fit: ConnectedPart, pairs: readonly KnownPair[], unit: number): Method['because'] {
  const sum = fit.residuals.reduce((squares, { value }) => squares + value * value, 0);
  if (fit.df < 1 || Math.sqrt(sum) <= ROUNDING) return 'constant';
  const spreads = pairs.map(({ differences }) => spreadOf(differences.map((value) => value / unit)));
  const step = leastStep(pairs.flatMap(({ differences }) => differences.map((value) => Math.abs(value) / unit)));
  return spreadsDiffer(fit, spreads, step) ? 'spreads' : null;
}

function spreadOf(values: readonly number[]): PairSpread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { variance: squares / (values.length - 1), df: values.length - 1 };
}

/** The largest spread of differences among pairs that share seeds. */
function largestSpread(pairs: readonly KnownPair[], unit: number): DifferenceSpread | null {
  const spreads = pairs
    .filter(({ kind }) => kind === 'paired')
    .map(({ differences }) => spreadOf(differences.map((value) => value / unit)))
    .sort((a, b) => b.variance - a.variance);
  const [{ variance, df } = { variance: 0, df: 0 }] = spreads;
  return Math.sqrt(variance) > ROUNDING ? { sd: Math.sqrt(variance) * unit, df } : null;
}

interface Tests {
  readonly method: Pick<Method, 'spread' | 'correction' | 'df'>;
  of(pair: KnownPair): FamilyTest | null;
}

function commonTests(
  fit: ConnectedPart,
  tests: number,
  unit: number,
  options: FamilyOptions,
): Tests & Pick<TestFamily, 'spread'> {
  const { spend = 1, nextSpend = spend, shared = 0, margin } = options;
  const { df, complete } = fit;
  const k = fit.rows.length;
  const sd = Math.sqrt(fit.residuals.reduce((sum, { value }) => sum + value * value, 0) / df);
  const alpha = ALPHA * spend;
  const together = complete
    ? {
        p: (t: number) => upperTailRange(Math.abs(t) * Math.SQRT2, k, df),
        critical: criticalRange(alpha, k, df) / Math.SQRT2,
      }
    : {
        p: (t: number) => -Math.expm1(tests * Math.log1p(-twoSidedT(t, df))),
        critical: criticalT(sidak(alpha, tests), df),
      };
  const needed = seedsNeeded(plannedRange(ALPHA * nextSpend, k, shared));
  const factor = hedges(df) / (Math.SQRT2 * sd);
  return {
    method: { spread: 'common', correction: complete ? 'tukey' : 'sidak', df },
    spread: { sd: Math.SQRT2 * sd * unit, df },
    of: ({ a, b, differences }) => {
      const difference = (fit.effects[a] as number) - (fit.effects[b] as number);
      const found = { difference, se: sd * Math.sqrt(fit.varianceOf(a, b) + 2 * shared), df };
      const t = difference / found.se;
      const effectSize = factor * difference;
      const pAdjusted = Math.min(1, together.p(t) / spend);
      return {
        nPairs: differences.length,
        difference: difference * unit,
        ci95: intervalOf(found, together.critical, unit),
        p: twoSidedT(t, df),
        effectSize,
        pAdjusted,
        ...(margin === undefined ? {} : { pSame: withinMargin(equivalenceP(found, margin / unit, together.p), spend) }),
        ...(pAdjusted >= ALPHA && effectSize !== 0 ? { pairsNeeded: needed(effectSize) } : {}),
      };
    },
  };
}

/**
 * Tests all pairs together by the signs of their seeds, where no pair's differences have a spread. Null for splits of
 * one file, whose signs are not independent, and where there are too many ways to flip the signs.
 */
function flipTests(
  levels: readonly FamilyLevel[],
  pairs: readonly KnownPair[],
  { spend = 1, shared = 0 }: FamilyOptions,
): (Tests & Pick<TestFamily, 'spread'>) | null {
  const bySeed = pairs.map(({ a, b }) => differencesBySeed(valuesOf(levels, a), valuesOf(levels, b)));
  const seeds = [...new Set(bySeed.flatMap((differences) => [...differences.keys()]))];
  if (shared > 0 || pairs.length < 2 || !canFlip(pairs.length, seeds.length)) return null;
  const p = flippedP(bySeed.map((differences) => seeds.map((seed) => differences.get(seed) ?? 0)));
  const known = new Map(pairs.map((pair, i) => [pair, p[i] as number]));
  return {
    method: { spread: 'own', correction: 'flips', df: null },
    spread: null,
    of: (pair) => {
      const alone = pairedTest(pair.differences);
      if (!alone) return null;
      const { nPairs, difference, p } = alone;
      const pAdjusted = Math.min(1, (known.get(pair) ?? 1) / spend);
      return { nPairs, difference, ci95: null, p, effectSize: null, pAdjusted };
    },
  };
}

const valuesOf = (levels: readonly FamilyLevel[], at: number) => (levels[at] as FamilyLevel).values;

const sidak = (alpha: number, tests: number): number => -Math.expm1(Math.log1p(-alpha) / tests);

/**
 * With several pairs, each one-sided test is as wide as the two-sided family; for a single pair, half of it is enough.
 * @param half the p of one pair; the family's is twice as large
 */
const withinMargin = (half: number, spend: number): number => Math.min(1, (2 * half) / spend);

function ownTests(levels: readonly FamilyLevel[], tests: number, options: FamilyOptions): Tests {
  const { spend = 1, nextSpend = spend, shared = 0, margin } = options;
  const chosen = { alpha: (ALPHA * spend) / Math.max(1, tests), shared, margin };
  const needed = seedsNeeded(plannedPairs((ALPHA * nextSpend) / Math.max(1, tests), shared));
  return {
    method: { spread: 'own', correction: tests > 1 ? 'bonferroni' : 'none', df: null },
    of: ({ a, b, kind, differences }) => {
      const [first, second] = [levels[a] as FamilyLevel, levels[b] as FamilyLevel];
      const found =
        kind === 'unpaired' ? welchTest(first.means, second.means, chosen) : pairedTest(differences, chosen);
      if (!found) return null;
      const { pSame, ...test } = found;
      const pAdjusted = Math.min(1, (tests * test.p) / spend);
      const missed = pAdjusted >= ALPHA && test.effectSize !== null && test.effectSize !== 0 && kind === 'paired';
      return {
        nPairs: test.nPairs,
        difference: test.difference,
        ci95: test.ci95,
        p: test.p,
        effectSize: test.effectSize,
        pAdjusted,
        ...(kind === 'unpaired' ? { unpaired: true as const } : {}),
        ...(pSame === undefined ? {} : { pSame: Math.min(1, (tests * pSame) / spend) }),
        ...(missed ? { pairsNeeded: needed(test.effectSize as number) } : {}),
      };
    },
  };
}
