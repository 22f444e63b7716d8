import type { Run } from '#src/server/schemas.ts';

const FIRST = ['loss', 'accuracy'];
const MOST = 12;

/** The metrics to draw: loss and accuracy first, then whatever else the runs recorded, by name. */
export function metricKeys(runs: readonly Run[]): string[] {
  const others = new Set(runs.flatMap((run) => run.metrics.map(({ key }) => key)));
  for (const key of FIRST) others.delete(key);
  return [...FIRST, ...[...others].sort()].slice(0, MOST);
}

/** A run's last value of a metric; undefined where it has none. */
export function lastOf(run: Run, key: string): number | undefined {
  return run.metrics.find((item) => item.key === key)?.last;
}
