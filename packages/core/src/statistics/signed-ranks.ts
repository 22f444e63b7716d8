import type { Keyed } from './replicates.ts';

// Differences of which some are infinite, compared by their order alone: ranks of their sizes, with signs (Wilcoxon
// 1945).

/**
 * By how much one level is ahead of another in a seed: lower is ahead, and a run that never got there is behind every
 * number.
 */
export interface Lead {
  /** In how many more of its runs the other level never got there. */
  readonly never: number;
  /** The mean difference over runs in which both got there. */
  readonly sooner: number;
}

/** For each seed that both have, over its runs that share all else. */
export function leadsBySeed(a: ReadonlyMap<string, Keyed>, b: ReadonlyMap<string, Keyed>): Map<unknown, Lead> {
  const bySeed = new Map<unknown, { never: number; sum: number; both: number }>();
  for (const [key, { repetition, value }] of a) {
    const other = b.get(key);
    if (!other) continue;
    const of = bySeed.get(repetition) ?? { never: 0, sum: 0, both: 0 };
    bySeed.set(repetition, of);
    of.never += Number(!Number.isFinite(other.value)) - Number(!Number.isFinite(value));
    if (!Number.isFinite(value) || !Number.isFinite(other.value)) continue;
    of.sum += other.value - value;
    of.both += 1;
  }
  return new Map(
    [...bySeed].map(([seed, { never, sum, both }]) => [seed, { never, sooner: both > 0 ? sum / both : 0 }]),
  );
}

/** Runs that never got there count before any difference in steps. */
export const signOf = ({ never, sooner }: Lead): number => Math.sign(never || sooner);

/** Compares leads by runs that never got there, and only where these are equal by steps. */
const compareSizes = (x: Lead, y: Lead): number =>
  Math.abs(x.never) - Math.abs(y.never) || (x.never === 0 ? Math.abs(x.sooner) - Math.abs(y.sooner) : 0);

/**
 * The rank of each lead's size, with the lead's sign; equal sizes share the mean of their ranks, and a lead of 0 has no
 * rank.
 */
export function signedRanks(leads: readonly Lead[]): number[] {
  const apart = leads.filter((lead) => signOf(lead) !== 0).sort(compareSizes);
  const ranks = new Map<Lead, number>();
  for (let first = 0; first < apart.length; ) {
    let next = first + 1;
    while (next < apart.length && compareSizes(apart[first] as Lead, apart[next] as Lead) === 0) next += 1;
    for (let i = first; i < next; i++) ranks.set(apart[i] as Lead, (first + 1 + next) / 2);
    first = next;
  }
  return leads.map((lead) => signOf(lead) * (ranks.get(lead) ?? 0));
}

/** The exact two-sided p of signed ranks in any number, each sign being equally likely. */
export function signedRankP(ranks: readonly number[]): number {
  // Doubled, as ranks are multiples of a half.
  const steps = ranks.map((rank) => Math.abs(Math.round(2 * rank))).filter((step) => step > 0);
  const most = steps.reduce((sum, step) => sum + step, 0);
  const found = Math.abs(ranks.reduce((sum, rank) => sum + Math.round(2 * rank), 0));
  // The probability of each sum of the positive ranks.
  let chance = Float64Array.of(1);
  for (const step of steps) {
    const next = new Float64Array(chance.length + step);
    for (const [sum, share] of chance.entries()) {
      (next[sum] as number) += share / 2;
      (next[sum + step] as number) += share / 2;
    }
    chance = next;
  }
  return Math.min(
    1,
    chance.reduce((p, share, sum) => (Math.abs(2 * sum - most) >= found ? p + share : p), 0),
  );
}
