import { ConfigError, mainMetricOf, type Observation, resolveFactor, suggested } from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';

// What `whorl compare` and `whorl plan` need of recorded runs.

type Measured = Pick<RunRecord, 'metrics'>;

const keysAmong = (runs: readonly Measured[]): string[] => runs.flatMap(({ metrics }) => metrics.map(({ key }) => key));

/** The metric that says most about how well the runs do; null where they have none of the main metrics. */
export const mainMetricAmong = (runs: readonly Measured[]): string | null => mainMetricOf(keysAmong(runs));

/** The error for a metric that none of the runs recorded. */
export function noMetric(runs: readonly Measured[], metric: string): ConfigError {
  const known = [...new Set(keysAmong(runs))];
  const near = inLanguage(suggested(metric, known));
  return new ConfigError('--metric', words().compare.noMetric(metric, near, known.join(', ')));
}

/** The factors that `--by` names. @throws ConfigError naming what varies */
export const namedFactors = (by: string, observations: readonly Observation[]): string[] => [
  ...new Set(by.split(',').map((name) => resolveFactor(name.trim(), observations))),
];
