import { FEWEST_PAIRS } from './family.ts';
import type { Keyed } from './replicates.ts';

// Who looks, adds seeds and looks again will finally find a difference where there is none: in 23% of cases for looks
// at 3 to 20 seeds. So each look may spend only a part of the 5%, and all looks together no more than it (Lai 1984,
// Pocock 1977).

/** A seed's value at a level, and the launch in which it was recorded. */
export type Launched = Pick<Keyed, 'repetition'> & { readonly launch: number | undefined };

/** The share of the 5% that the k-th look spends; over all k they add up to 1. */
export const spendOf = (look: number): number => 6 / (Math.PI * look) ** 2;

/**
 * How often a verdict may have been read, this time included: the first launch after which two levels have enough
 * seeds, and each later one that added a seed to a level that had some. Adding a new level is no second look at the
 * others. Null where the launch of some run is not known.
 */
export function looksOf(levels: readonly (readonly Launched[])[]): number | null {
  const launches = [...new Set(levels.flatMap((runs) => runs.map(({ launch }) => launch)))];
  if (launches.includes(undefined) || launches.length === 0) return null;
  const had = levels.map(() => new Set<unknown>());
  let looks = 0;
  for (const launch of (launches as number[]).sort((a, b) => a - b)) {
    let grew = false;
    for (const [i, runs] of levels.entries()) {
      const seeds = had[i] as Set<unknown>;
      const came = runs.filter((run) => run.launch === launch).map(({ repetition }) => repetition);
      if (seeds.size > 0 && came.some((seed) => !seeds.has(seed))) grew = true;
      for (const seed of came) seeds.add(seed);
    }
    const told = had.filter(({ size }) => size >= FEWEST_PAIRS).length > 1;
    if (told && (looks === 0 || grew)) looks += 1;
  }
  return Math.max(1, looks);
}
