import {
  type FamilyLevel,
  type FamilyOptions,
  type FamilyTest,
  FEWEST_PAIRS,
  type Method,
  type Signs,
  type TestFamily,
} from './family.ts';
import { canFlip, flippedP } from './sign-flips.ts';
import { signTestP } from './sign-test.ts';
import { leadsBySeed, signedRankP, signedRanks, signOf } from './signed-ranks.ts';
import { ALPHA } from './student.ts';

// For metrics that count until something is reached. A run that never reached it has no number and is behind every run
// that did: leaving it out would judge a level by its successes alone. What remains is the order, seed by seed.

interface Ordered {
  readonly a: number;
  readonly b: number;
  /** By seed. */
  readonly ranks: ReadonlyMap<unknown, number>;
  readonly signs: Signs;
}

/**
 * All pairs of some levels by the order of their seeds, exactly; values may be infinite. By signed ranks, all pairs
 * together; where that takes too long, each pair by itself with Bonferroni's correction. Splits of one file are tested
 * by their signs alone: what they have in common moves all of them to one side, and only for signs is it known how far
 * (sign-test.ts).
 */
export function signFamily(levels: readonly FamilyLevel[], { spend = 1, shared = 0 }: FamilyOptions): TestFamily {
  const pairs = levels.flatMap((first, a) =>
    levels.slice(a + 1).map((second, i) => ordered(first, second, [a, a + 1 + i], shared)),
  );
  const tested = pairs.filter(({ ranks }) => ranks.size >= FEWEST_PAIRS);
  const { p, method } = testsOf(tested, shared);
  const found = new Map(
    tested.map(({ a, b, ranks, signs }, i): [number, FamilyTest] => {
      const pAdjusted = Math.min(1, (p[i]?.together ?? 1) / spend);
      const test = {
        nPairs: ranks.size,
        p: p[i]?.alone ?? 1,
        pAdjusted,
        signs,
        ci95: null,
        effectSize: null,
        ...(pAdjusted < ALPHA ? {} : { pairsNeeded: null }),
      };
      return [a * levels.length + b, test];
    }),
  );
  return {
    method: { ...method, because: 'never', tests: tested.length, levels: levels.length, df: null },
    spread: null,
    testOf: (a, b) => found.get(a * levels.length + b) ?? null,
  };
}

function ordered(first: FamilyLevel, second: FamilyLevel, [a, b]: readonly [number, number], shared: number): Ordered {
  const leads = leadsBySeed(first.values, second.values);
  const signed = signedRanks([...leads.values()]);
  const ahead = [...leads.values()].map(signOf);
  const count = (sign: number) => ahead.filter((one) => one === sign).length;
  const lead = (shared > 0 ? ahead : signed).reduce((sum, one) => sum + one, 0);
  return {
    a,
    b,
    ranks: new Map([...leads.keys()].map((seed, i) => [seed, signed[i] as number])),
    signs: { a: count(1), b: count(-1), ties: count(0), lead },
  };
}

interface Tested {
  /** The p of each pair by itself, and adjusted for all pairs. */
  readonly p: readonly { readonly alone: number; readonly together: number }[];
  readonly method: Pick<Method, 'spread' | 'correction'>;
}

function testsOf(pairs: readonly Ordered[], shared: number): Tested {
  const many = pairs.length > 1;
  if (shared > 0) {
    const p = pairs.map(({ signs: { a, b } }) => signTestP(Math.min(a, b), a + b, shared));
    return { p: bonferroni(p), method: { spread: 'signs', correction: many ? 'bonferroni' : 'none' } };
  }
  const alone = pairs.map(({ ranks }) => signedRankP([...ranks.values()]));
  const seeds = [...new Set(pairs.flatMap(({ ranks }) => [...ranks.keys()]))];
  if (!many || !canFlip(pairs.length, seeds.length)) {
    return { p: bonferroni(alone), method: { spread: 'ranks', correction: many ? 'bonferroni' : 'none' } };
  }
  const together = flippedP(pairs.map(({ ranks }) => seeds.map((seed) => ranks.get(seed) ?? 0)));
  return {
    p: alone.map((p, i) => ({ alone: p, together: together[i] as number })),
    method: { spread: 'ranks', correction: 'flips' },
  };
}

const bonferroni = (p: readonly number[]): Tested['p'] =>
  p.map((alone) => ({ alone, together: Math.min(1, p.length * alone) }));
