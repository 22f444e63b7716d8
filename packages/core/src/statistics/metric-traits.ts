import type { Observation } from '../design/observation.ts';
import { metricOf } from '../metrics/registry.ts';
import { standardMeasure } from '../metrics/standard.ts';
import { leastStep } from './resolution.ts';
import type { Bounds } from './summary.ts';

/** What a comparison must know of a metric beside its values. */
export interface MetricTraits {
  /** Whether an infinite value says that what it waits for never came: worse than every number, and no divergence. */
  readonly censored: boolean;
  /** Whether it is a share, between 0 and 1. */
  readonly isShare: boolean;
}

/** Of Whorl's own metrics from the registry, of another program's by the name that the field defines. */
export function traitsOf(key: string): MetricTraits {
  const known = metricOf(key)?.metric;
  if (!known) return { censored: false, isShare: standardMeasure(key)?.isShare ?? false };
  return { censored: known.censored, isShare: known.range?.[0] === 0 && known.range[1] === 1 };
}

/** The step in which a metric comes: the least distance of two of its values. */
function stepOf(runs: readonly Pick<Observation, 'value'>[]): number {
  const values = [...new Set(runs.map(({ value }) => value).filter(Number.isFinite))].sort((a, b) => a - b);
  return leastStep(values.slice(1).map((value, i) => value - (values[i] as number)));
}

/**
 * Between what the mean of a metric lies; undefined where it has no bounds, or where a value is beyond them: another program
 * may call something else so.
 */
export function boundsOf(metric: string, runs: readonly Pick<Observation, 'value'>[]): Bounds | undefined {
  const isBetween = ({ value }: Pick<Observation, 'value'>) => !Number.isFinite(value) || (value >= 0 && value <= 1);
  return traitsOf(metric).isShare && runs.every(isBetween) ? { step: stepOf(runs) } : undefined;
}
