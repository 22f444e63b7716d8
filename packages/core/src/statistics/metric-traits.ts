import type { Observation } from '../design/observation.ts';
import { metricOf } from '../metrics/registry.ts';
import { standardMeasure } from '../metrics/standard.ts';
import { leastStep } from './resolution.ts';
import type { Bounds } from './summary.ts';

/** What a comparison must know of a metric beside its values. */
export interface MetricTraits {
  /**
   * Whether an infinite value means that the awaited event never came: worse than every number, and not a divergence.
   */
  readonly censored: boolean;
  /** Whether it is a share, between 0 and 1. */
  readonly isShare: boolean;
}

/**
 * Taken from the registry for Whorl's own metrics, and from the standard meaning of the name for those of other
 * programs.
 */
export function traitsOf(key: string): MetricTraits {
  const known = metricOf(key)?.metric;
  if (!known) return { censored: false, isShare: standardMeasure(key)?.isShare ?? false };
  return { censored: known.censored, isShare: known.range?.[0] === 0 && known.range[1] === 1 };
}

/** The step in which values come: the least distance between two of them. */
function stepOf(runs: readonly Pick<Observation, 'value'>[]): number {
  const values = [...new Set(runs.map(({ value }) => value).filter(Number.isFinite))].sort((a, b) => a - b);
  return leastStep(values.slice(1).map((value, i) => value - (values[i] as number)));
}

/**
 * The bounds of a metric's mean; undefined where it has none, or where a value exceeds them: another program may use
 * the name for something else.
 */
export function boundsOf(metric: string, runs: readonly Pick<Observation, 'value'>[]): Bounds | undefined {
  const isBetween = ({ value }: Pick<Observation, 'value'>) => !Number.isFinite(value) || (value >= 0 && value <= 1);
  return traitsOf(metric).isShare && runs.every(isBetween) ? { step: stepOf(runs) } : undefined;
}
