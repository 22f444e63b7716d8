import type { Outline } from '#src/contract/curves.ts';
import type { Run } from '#src/contract/schemas.ts';

/**
 * The metrics of some runs that an outline lacks, or does not list as curves. Of a run that is told without all of its
 * metrics nobody knows: it counts as one.
 */
export function untold(runs: readonly Run[], { metrics, once }: Pick<Outline, 'metrics' | 'once'>): string[] {
  const known = new Set(metrics);
  const single = new Set(once);
  const words = runs.flatMap((run) => [
    ...(run.metricCount > run.metrics.length ? [`metrics of ${run.id}`] : []),
    ...run.metrics.filter(({ key }) => !known.has(key)).map(({ key }) => `metric ${key}`),
    ...run.metrics
      .filter(({ key, count }) => count > 1 && (!known.has(key) || single.has(key)))
      .map(({ key }) => `curve ${key}`),
  ]);
  return [...new Set(words)];
}
