import type { Design } from '../design/design.ts';
import type { DesignLevel } from '../design/levels.ts';
import type { Observation } from '../design/observation.ts';
import type { Level, Order } from './comparison.ts';
import { boundsOf, traitsOf } from './metric-traits.ts';
import { seedMeans, summarizeRuns } from './replicates.ts';

/** The result of each level of some factors, in the order of the levels. */
export function levelsOf(design: Pick<Design<Observation>, 'levels'>, metric: string): Level[] {
  const { censored } = traitsOf(metric);
  const bounds = boundsOf(
    metric,
    design.levels.flatMap(({ runs }) => runs),
  );
  return design.levels.map(({ key: level, values, runs: group }: DesignLevel<Observation>) => {
    const found = { level, values, ...summarizeRuns(group, bounds) };
    if (!censored) return found;
    const never = group.filter(({ value }) => value === Number.POSITIVE_INFINITY).length;
    if (never === 0) return found;
    // An interval over only those that reached it would describe successes alone.
    const summary = found.summary && { ...found.summary, sd: null, ci95: null };
    return { ...found, summary, never, diverged: found.diverged - never, order: orderOf(seedMeans(group, isNumber)) };
  });
}

/** Whether a value can be ordered: a number, or infinity for a run that never got there. */
export const isNumber = (value: number): boolean => !Number.isNaN(value);

/** The number of seeds, and their median: infinite where fewer than half of them reached it. */
function orderOf(seeds: readonly number[]): Order {
  const sorted = [...seeds].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] as number);
  return { seeds: sorted.length, reached: sorted.filter(Number.isFinite).length, median: (lower + upper) / 2 };
}
