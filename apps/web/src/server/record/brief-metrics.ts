import { isOwnSource, MAIN_METRICS } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import type { Run } from '#src/contract/schemas.ts';

/** Of a run with more metrics than this, pages are told of those that they ask for. */
const MOST_TOLD = 100;

/**
 * The metrics that are told together with a run. A program may log thousands: of these, the main ones, the longest, which
 * says how far the run is, and those that a page draws. Of Whorl's own runs all are told: they have as many as they have
 * layers.
 * @param keys what the page draws
 */
export function briefMetrics(
  { source, metrics }: Pick<RunRecord, 'source' | 'metrics'>,
  keys: readonly string[] = [],
): Run['metrics'] {
  if (isOwnSource(source) || metrics.length <= MOST_TOLD) return [...metrics];
  const wanted = new Set<string>([...MAIN_METRICS, ...keys]);
  const most = metrics.reduce((longest, { count }) => Math.max(longest, count), 0);
  const longest = metrics.findIndex(({ count }) => count === most);
  return metrics.filter(({ key }, at) => at === longest || wanted.has(key));
}
