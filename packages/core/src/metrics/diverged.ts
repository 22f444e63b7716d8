import { metricOf } from './registry.ts';

/**
 * The losses that training makes small: that of the last batch, the only one in old records, and those of the whole
 * sets where measured.
 */
export const LOSS_KEYS = ['loss', 'trainLoss', 'testLoss'] as const;

/**
 * Whether a run diverged: one of its losses ended as NaN or infinite, which it does as soon as a logit is. Such a run
 * is counted and is in no mean of any metric: its accuracy, steps or duration may be finite and still describe no
 * working network.
 * @param lastOf the last value of a metric; null or undefined where the run has none
 */
export const hasDiverged = (lastOf: (key: string) => number | null | undefined): boolean =>
  LOSS_KEYS.some((key) => {
    const last = lastOf(key);
    return last !== null && last !== undefined && !Number.isFinite(last);
  });

/**
 * What a comparison takes from a run. A diverged run has no value of any metric, except of those that wait for
 * something: it never got there, which is worse than any number.
 */
export const resultOf = (key: string, value: number, diverged: boolean): number =>
  !diverged ? value : metricOf(key)?.metric.censored ? Number.POSITIVE_INFINITY : Number.NaN;

/** The part of a recorded run that a comparison reads. */
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
