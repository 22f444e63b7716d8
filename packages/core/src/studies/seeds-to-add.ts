/** The seeds of one configuration. */
export interface SeedsOf {
  /** The recorded ones, which are not trained again. */
  readonly recorded: ReadonlySet<number>;
  /** Those of the recorded seeds that a comparison counts. */
  readonly counted: ReadonlySet<number>;
}

/** What to train so that some configurations have a given number of seeds in common. */
export interface SeedsToAdd {
  /** How many they already have in common. */
  readonly have: number;
  /** All seeds that they should have; those that they have, where these are enough. */
  readonly seeds: readonly number[];
  /** How many runs of these seeds are not recorded yet. */
  readonly runs: number;
}

/**
 * Seeds that some configurations have and others lack come first, then new ones. A recorded seed that does not count,
 * since its run diverged, would diverge again: another one takes its place.
 * @param wanted how many seeds each configuration should have
 */
export function seedsToAdd(configurations: readonly SeedsOf[], wanted: number): SeedsToAdd {
  const all = [...new Set(configurations.flatMap(({ recorded }) => [...recorded]))].sort((a, b) => a - b);
  const common = all.filter((seed) => configurations.every(({ counted }) => counted.has(seed)));
  const partial = all.filter(
    (seed) =>
      !common.includes(seed) &&
      configurations.every(({ recorded, counted }) => !recorded.has(seed) || counted.has(seed)),
  );
  const seeds = [...common, ...partial].slice(0, Math.max(common.length, wanted));
  for (let seed = 1; seeds.length < wanted; seed++) if (!all.includes(seed)) seeds.push(seed);
  const lacks = ({ recorded }: SeedsOf) => seeds.filter((seed) => !recorded.has(seed)).length;
  return {
    have: common.length,
    seeds: seeds.sort((a, b) => a - b),
    runs: configurations.reduce((sum, configuration) => sum + lacks(configuration), 0),
  };
}

/** Seeds written as {@link parseIntegers} reads them: `1..5,8`. */
export function writeSeeds(seeds: readonly number[]): string {
  const parts: [first: number, last: number][] = [];
  for (const seed of [...seeds].sort((a, b) => a - b)) {
    const part = parts.at(-1);
    if (part && seed === part[1] + 1) part[1] = seed;
    else parts.push([seed, seed]);
  }
  return parts.map(([first, last]) => (first === last ? `${first}` : `${first}..${last}`)).join(',');
}
