import { chosenFactors, factorsOf, naturalOrder, own, type ParamValue, valueOrder, varyingFactors } from '@whorl/core';
import type { Factor, Overview } from '#src/contract/comparison.ts';
import type { Status } from '#src/contract/schemas.ts';
import type { OverviewRun } from './read.ts';

/** Of a factor with more levels, only the first ones are sent. */
const MOST_LEVELS = 60;
/**
 * More levels than this are not sorted: nobody looks for the lowest of so many, and sorting would take as long as everything
 * else.
 */
const MOST_SORTED = 1_000;

/** What the runs have in common, and in what they differ. */
export function overview(
  runs: readonly OverviewRun[],
  metrics: readonly string[],
): Omit<Overview, 'experiments' | 'missing' | 'planar'> {
  const byStatus: Partial<Record<Status, number>> = {};
  for (const { status } of runs) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const varying = varyingFactors(runs, factorsOf(runs[0]?.study ?? ''));
  const chosen = new Set(chosenFactors(runs, varying));
  const studies = new Set(runs.map(({ study }) => study));
  const factors = varying.map((path): Factor => factorOf(runs, path, !chosen.has(path)));
  return {
    runs: runs.length,
    seeds: new Set(runs.map(({ seed }) => seed)).size,
    byStatus,
    factors: [...factors.filter(({ follows }) => !follows), ...factors.filter(({ follows }) => follows)],
    metrics: [...metrics].sort(naturalOrder),
    study: (studies.size === 1 && [...studies][0]) || null,
    ownMetrics: runs.every(({ study }) => study !== ''),
  };
}

function factorOf(runs: readonly OverviewRun[], path: string, follows: boolean): Factor {
  const counts = new Map<ParamValue | undefined, number>();
  for (const { params } of runs) {
    const value = own(params, path);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const levels = (counts.size > MOST_SORTED ? [...counts].slice(0, MOST_LEVELS) : [...counts])
    .sort(([a], [b]) => valueOrder(a, b))
    .slice(0, MOST_LEVELS)
    .map(([value, count]) => ({ value: value ?? null, runs: count }));
  return { path, follows, count: counts.size, levels };
}
