import type { Goal } from './metric.ts';
import { metricOf } from './registry.ts';
import { standardMeasure } from './standard.ts';

/**
 * What is better of a metric; null where nobody says: then a comparison says what is higher and what lower, and the reader
 * sets the goal. A metric that Whorl records has the goal of the registry, another one only by its whole name.
 */
export function goalOf(key: string): Goal | null {
  const known = metricOf(key);
  return known ? known.metric.goal : (standardMeasure(key)?.goal ?? null);
}
