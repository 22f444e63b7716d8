// Exact tests of all pairs of some levels together, by flipping the signs of seeds: where two levels are alike, a
// seed's difference is as likely to have the other sign, and all differences of a seed flip together. The largest
// statistic of all pairs, over all ways to flip, is its distribution under chance (Westfall and Young 1993, single-step
// max-T). This holds for those pairs that are alike, whatever the others are.

/** Flips times pairs; more would keep a page waiting. */
const MOST_WORK = 2 ** 24;

/** Sums that differ by less are equal and were added up in another order. */
const ROUNDING = 1e-9;

/** Whether all flips of so many seeds can be computed for so many pairs. */
export const canFlip = (pairs: number, seeds: number): boolean => pairs * 2 ** (seeds - 1) <= MOST_WORK;

/**
 * For each pair, the share of flips whose largest statistic of all pairs is at least as large as the pair's: p adjusted
 * for all pairs.
 * @param scores [pair][seed], with the seeds in the same order for each pair; 0 where a pair lacks the seed
 */
export function flippedP(scores: readonly (readonly number[])[]): number[] {
  const lines = scores.map(normed);
  const seeds = lines[0]?.length ?? 0;
  const sums = Float64Array.from(lines, (line) => line.reduce((sum, score) => sum + score, 0));
  const found = Float64Array.from(sums, Math.abs);
  const columns = Array.from({ length: seeds }, (_, seed) =>
    Float64Array.from(lines, (line) => 2 * (line[seed] as number)),
  );
  const signs = new Int8Array(seeds).fill(1);
  const flips = 2 ** Math.max(0, seeds - 1);
  const largest = new Float64Array(flips);
  for (let flip = 0; flip < flips; flip++) {
    if (flip > 0) {
      // In Gray code one seed flips at a time. The first seed never does, since flipping all gives the same sizes.
      const seed = 32 - Math.clz32(flip & -flip);
      const column = columns[seed] as Float64Array;
      const sign = signs[seed] as number;
      for (let pair = 0; pair < sums.length; pair++) (sums[pair] as number) -= sign * (column[pair] as number);
      signs[seed] = -sign;
    }
    let most = 0;
    for (let pair = 0; pair < sums.length; pair++) most = Math.max(most, Math.abs(sums[pair] as number));
    largest[flip] = most;
  }
  largest.sort();
  return Array.from(found, (size) => (flips - firstAtLeast(largest, size - ROUNDING)) / flips);
}

/**
 * Scaled so that pairs of any spread and number of seeds are comparable: the sum is then a monotone function of
 * Student's t.
 */
function normed(line: readonly number[]): number[] {
  const length = Math.hypot(...line);
  return length === 0 ? [...line] : line.map((score) => score / length);
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
