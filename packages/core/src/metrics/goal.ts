import type { Goal } from './metric.ts';
import { metricOf } from './registry.ts';
import { standardMeasure } from './standard.ts';

/**
 * Which way a metric is better. Null where nobody defines it: a comparison then says what is higher and lower, and the
 * reader sets the goal. A metric that Whorl records has the goal of the registry, any other one only by its whole name.
 */
export function goalOf(key: string): Goal | null {
  const known = metricOf(key);
  return known ? known.metric.goal : (standardMeasure(key)?.goal ?? null);
}
