import { FEWEST_PAIRS } from './family.ts';
import type { Keyed } from './replicates.ts';

// Who looks, adds seeds and looks again finds a difference in the end where there is none: 23% of the cases in looks at 3 to
// 20 seeds. Each look may therefore spend only a part of the 5%, and all of them together no more (Lai 1984, Pocock 1977).

/** A seed's value at a level, and in which launch it was recorded. */
export type Launched = Pick<Keyed, 'repetition'> & { readonly launch: number | undefined };

/** Of 5%, what the k-th look spends: these add up to 1. */
export const spendOf = (look: number): number => 6 / (Math.PI * look) ** 2;

/**
 * At how many states of the record a verdict could have been read, this one included: the first launch after which two
 * levels have enough seeds, and each later one that brings a seed to a level that had some. What brings a new level takes
 * no second look at the others. Null where it is not known of every run when it came.
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
