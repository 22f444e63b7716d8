import type { Outline } from '#src/contract/curves.ts';
import type { Run } from '#src/contract/schemas.ts';

/** What of some runs an outline does not tell: metrics that it does not name, or not as a curve. */
export function untold(runs: readonly Run[], { metrics, curved }: Pick<Outline, 'metrics' | 'curved'>): string[] {
  const words = runs.flatMap((run) => [
    ...run.metrics.filter(({ key }) => !metrics.includes(key)).map(({ key }) => `metric ${key}`),
    ...run.metrics.filter(({ key, count }) => count > 1 && !curved.includes(key)).map(({ key }) => `curve ${key}`),
  ]);
  return [...new Set(words)];
}
