import type { Run } from '#src/server/schemas.ts';

/** A run's last value of a metric; undefined where it has none. */
export function lastOf(run: Run, key: string): number | undefined {
  return run.metrics.find((item) => item.key === key)?.last;
}
