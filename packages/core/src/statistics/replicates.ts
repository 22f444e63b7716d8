import { type Observation, REPETITION } from '../design/observation.ts';
import { meanOf } from './moments.ts';
import { sharedVariance } from './splits.ts';
import { ROUNDING } from './student.ts';
import { type Bounds, type Summary, summarize } from './summary.ts';
import { fitTwoWay, type LayoutCell } from './two-way.ts';

// A seed is one repetition, however many runs it has: they share their data and first weights. What else varies among
// them is averaged first; counting each of them would invent evidence.

/** What tells repetitions apart: the seed; each run without a seed is a repetition of its own. */
type Repetition = unknown;

export const repetitionOf = (observation: Observation): Repetition => observation.params[REPETITION] ?? observation;

/** The mean of each seed's finite values. */
export const seedMeans = (runs: readonly Observation[], isCounted?: (value: number) => boolean): number[] =>
  meansOf(runs, repetitionOf, isCounted).map(([, value]) => value);

/**
 * The results of some runs, summarised over their seeds.
 * @param bounds the range in which a metric's values lie by definition
 */
export function summarizeRuns(runs: readonly Observation[], bounds?: Bounds): SeedSummary {
  const means = seedMeans(runs);
  const finite = runs.filter(({ value }) => Number.isFinite(value)).length;
  return {
    summary: means.length > 0 ? summarize(means, sharedVariance(runs), bounds) : null,
    runs: finite,
    diverged: runs.length - finite,
  };
}

/** The results of some runs. */
export interface SeedSummary {
  /** Over the seeds, each taken as the mean of its finite values; null where there are none. */
  readonly summary: Summary | null;
  /** Runs with a finite value. */
  readonly runs: number;
  /** Runs whose value is NaN or infinite: they diverged, and no mean can include them. */
  readonly diverged: number;
}

/** The mean of a seed's runs that share a key. */
export interface Keyed {
  readonly repetition: Repetition;
  readonly value: number;
}

/** The mean of each key's values that count, by default the finite ones; keys whose runs all diverged are left out. */
export function meansByKey(
  group: readonly Observation[],
  keyOf: (observation: Observation) => string,
  isCounted: (value: number) => boolean = Number.isFinite,
): Map<string, Keyed> {
  const repetitions = new Map(group.map((observation) => [keyOf(observation), repetitionOf(observation)]));
  return new Map(
    meansOf(group, keyOf, isCounted).map(([key, value]) => [key, { repetition: repetitions.get(key), value }] as const),
  );
}

/** a - b for each seed: the mean over the keys that both have; 0 where it is merely rounding. */
export function differencesBySeed(
  a: ReadonlyMap<string, Keyed>,
  b: ReadonlyMap<string, Keyed>,
): Map<Repetition, number> {
  const bySeed = new Map<Repetition, number[]>();
  let largest = 0;
  for (const [key, { repetition, value }] of a) {
    const other = b.get(key);
    if (!other) continue;
    largest = Math.max(largest, Math.abs(value), Math.abs(other.value));
    pushTo(bySeed, repetition, value - other.value);
  }
  return new Map(
    [...bySeed].map(([seed, differences]) => {
      const difference = meanOf(differences);
      return [seed, Math.abs(difference) <= ROUNDING * largest ? 0 : difference];
    }),
  );
}

/** The same differences, in the order in which the seeds appear. */
export const seedDifferences = (a: ReadonlyMap<string, Keyed>, b: ReadonlyMap<string, Keyed>): number[] => [
  ...differencesBySeed(a, b).values(),
];

/**
 * Levels by seeds: for each seed, the value of its runs at each level. What else varies among them is fitted within the
 * seed, so that a run that another level lacks shifts no difference; where all levels have the same runs this is their
 * mean. Levels that share no key within a seed get a column each. Values are determined up to a constant for each
 * column.
 */
export function seedBlocks(levels: readonly ReadonlyMap<string, Keyed>[], unit: number): LayoutCell[] {
  const keys = new Map<string, number>();
  const bySeed = new Map<Repetition, LayoutCell[]>();
  for (const [row, values] of levels.entries()) {
    for (const [key, { repetition, value }] of values) {
      const column = keys.get(key) ?? keys.size;
      keys.set(key, column);
      pushTo(bySeed, repetition, { row, column, value: value / unit });
    }
  }
  let blocks = 0;
  return [...bySeed.values()].flatMap((cells) =>
    fitTwoWay(cells).flatMap(({ rows, effects }) => {
      const column = blocks++;
      return rows.map((row, i) => ({ row, column, value: effects[i] as number }));
    }),
  );
}

function meansOf<K>(
  group: readonly Observation[],
  keyOf: (observation: Observation) => K,
  isCounted: (value: number) => boolean = Number.isFinite,
): [K, number][] {
  const lists = new Map<K, number[]>();
  for (const observation of group) {
    if (isCounted(observation.value)) pushTo(lists, keyOf(observation), observation.value);
  }
  return [...lists].map(([key, values]) => [key, meanOf(values)]);
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
