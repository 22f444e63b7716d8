import type { Observation } from './design.ts';
import type { Bounds } from './summary.ts';

/** What a comparison must know of a metric beside its values. */
export interface MetricTraits {
  /** Whether an infinite value says that what it waits for never came: worse than every number, and no divergence. */
  readonly censored: boolean;
  /** Whether it is a share, between 0 and 1. */
  readonly isShare: boolean;
}

const CENSORED = /^stepsTo\d+$/;
const SHARE = /accuracy$|^deadUnits\.\d+$|^ece$/i;

export const traitsOf = (metric: string): MetricTraits => ({
  censored: CENSORED.test(metric),
  isShare: SHARE.test(metric),
});

/** Single precision: what is closer is the same. */
const RESOLUTION = 1e-7;

/**
 * The step in which a metric comes: the least distance of two of its values. Of an accuracy on 30 rows it is 1/30 or a
 * multiple of it; of what lies on a continuum it is next to nothing; 0 where all values are the same.
 */
function stepOf(runs: readonly Pick<Observation, 'value'>[]): number {
  const values = [...new Set(runs.map(({ value }) => value).filter(Number.isFinite))].sort((a, b) => a - b);
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < values.length; i++) {
    const distance = (values[i] as number) - (values[i - 1] as number);
    if (distance > RESOLUTION && distance < step) step = distance;
  }
  return Number.isFinite(step) ? step : 0;
}

/**
 * Between what the mean of a metric lies; undefined where it has no bounds, or where a value is beyond them: another program
 * may call something else so.
 */
export function boundsOf(metric: string, runs: readonly Pick<Observation, 'value'>[]): Bounds | undefined {
  const isBetween = ({ value }: Pick<Observation, 'value'>) => !Number.isFinite(value) || (value >= 0 && value <= 1);
  return traitsOf(metric).isShare && runs.every(isBetween) ? { step: stepOf(runs) } : undefined;
}
