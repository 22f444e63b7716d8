import { type Family, type FamilyLevel, type FamilyOptions, FEWEST_PAIRS, type Signs } from './family.ts';
import type { Keyed } from './replicates.ts';
import { signTestP } from './sign-test.ts';
import { ALPHA } from './student.ts';

// Metrics that count until something was reached. A run that never reached it has no number, and is behind every one that
// did: to leave it out would judge a level by its successes alone. What is left is the order, seed by seed.

/** Of each seed that both have: who is ahead in more of the runs that share all else. Lower is ahead, infinite is behind. */
function signsOf(a: ReadonlyMap<string, Keyed>, b: ReadonlyMap<string, Keyed>): Signs {
  const bySeed = new Map<unknown, number>();
  for (const [key, { repetition, value }] of a) {
    const other = b.get(key);
    if (!other) continue;
    const sign = value === other.value ? 0 : value < other.value ? 1 : -1;
    bySeed.set(repetition, (bySeed.get(repetition) ?? 0) + sign);
  }
  const leads = [...bySeed.values()];
  return {
    a: leads.filter((lead) => lead > 0).length,
    b: leads.filter((lead) => lead < 0).length,
    ties: leads.filter((lead) => lead === 0).length,
  };
}

/** All pairs of some levels by the sign test, which is exact, with Bonferroni's correction. Values may be infinite. */
export function signFamily(levels: readonly FamilyLevel[], { spend = 1, shared = 0 }: FamilyOptions): Family {
  const signs = levels.map((a, i) => levels.slice(i + 1).map((b) => signsOf(a.values, b.values)));
  const isTested = ({ a, b, ties }: Signs) => a + b + ties >= FEWEST_PAIRS;
  const tests = signs.flat().filter(isTested).length;
  return {
    method: {
      spread: 'none',
      correction: tests > 1 ? 'bonferroni' : 'none',
      because: 'never',
      tests,
      levels: levels.length,
      df: null,
    },
    spread: null,
    testOf: (a, b) => {
      const found = signs[a]?.[b - a - 1];
      if (!found || !isTested(found)) return null;
      const p = signTestP(Math.min(found.a, found.b), found.a + found.b, shared);
      const pAdjusted = Math.min(1, (tests * p) / spend);
      const nPairs = found.a + found.b + found.ties;
      return {
        nPairs,
        p,
        pAdjusted,
        signs: found,
        ci95: null,
        effectSize: null,
        ...(pAdjusted < ALPHA ? {} : { pairsNeeded: null }),
      };
    },
  };
}
