import { metricOf } from './registry.ts';

/** What a run makes small: of old records the last batch's, and where they were measured, those of both whole sets. */
export const LOSS_KEYS = ['loss', 'trainLoss', 'testLoss'] as const;

/**
 * Whether a run diverged: one of its losses ended as NaN or infinite, as each does where a logit is. Such a run is counted and
 * in no mean, whatever is asked of it: its accuracy, its steps or its duration may be finite and are still of no network.
 * @param lastOf the last value of a metric; null or undefined where the run has none
 */
export const hasDiverged = (lastOf: (key: string) => number | null | undefined): boolean =>
  LOSS_KEYS.some((key) => {
    const last = lastOf(key);
    return last !== null && last !== undefined && !Number.isFinite(last);
  });

/**
 * What a comparison takes of a run. One that diverged has no value of any metric, but for those that wait for something: it
 * never got there, which is worse than any number.
 */
export const resultOf = (key: string, value: number, diverged: boolean): number =>
  !diverged ? value : metricOf(key)?.metric.censored ? Number.POSITIVE_INFINITY : Number.NaN;

/** What a run recorded, as far as a comparison reads it. */
export interface MeasuredRun {
  readonly metrics: readonly { readonly key: string; readonly last: number }[];
}

/** The last value of a run's metric; undefined where it has none. */
export const lastOf = ({ metrics }: MeasuredRun, key: string): number | undefined =>
  metrics.find((series) => series.key === key)?.last;

/** The value of a run in a comparison; undefined where it did not record the metric. */
export function resultIn(run: MeasuredRun, metric: string): number | undefined {
  const last = lastOf(run, metric);
  return last === undefined
    ? undefined
    : resultOf(
        metric,
        last,
        hasDiverged((key) => lastOf(run, key)),
      );
}
