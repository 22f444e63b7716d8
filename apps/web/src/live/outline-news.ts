import type { Outline } from '#src/contract/curves.ts';
import type { Run } from '#src/contract/schemas.ts';

/** The metrics of some runs that an outline lacks, or does not list as curves. */
export function untold(runs: readonly Run[], { metrics, curved }: Pick<Outline, 'metrics' | 'curved'>): string[] {
  const words = runs.flatMap((run) => [
    ...run.metrics.filter(({ key }) => !metrics.includes(key)).map(({ key }) => `metric ${key}`),
    ...run.metrics.filter(({ key, count }) => count > 1 && !curved.includes(key)).map(({ key }) => `curve ${key}`),
  ]);
  return [...new Set(words)];
}
