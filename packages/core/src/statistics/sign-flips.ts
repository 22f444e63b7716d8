// Exact tests of all pairs of some levels together, by the signs that seeds could have had: where two levels are alike, a
// seed's difference is as likely with the other sign, and a seed's differences change their signs together. The largest of
// all pairs, over all ways to flip them, is what chance makes of them (Westfall and Young 1993, single-step max-T). That holds
// for those pairs that are alike whatever the others are.

/** Flips times pairs: more would keep a page waiting. */
const MOST_WORK = 2 ** 24;

/** Sums that are apart by less are the same, added up in another order. */
const ROUNDING = 1e-9;

/** Whether all flips of some pairs of so many seeds can be looked at. */
export const canFlip = (pairs: number, seeds: number): boolean => pairs * 2 ** (seeds - 1) <= MOST_WORK;

/**
 * Of each pair, how often flips make the largest of all pairs at least as large as it is: p for all pairs together.
 * @param scores of each pair a score for each seed, of the same seeds in the same order; 0 where it has none
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
      // Gray's order: one seed flips at a time. The first never does: all flipped at once are as large.
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

/** So that pairs of any spread, and of any number of seeds, are alike: its sum is then a monotone function of Student's t. */
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
