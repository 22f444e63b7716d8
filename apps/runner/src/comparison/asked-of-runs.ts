import {
  ConfigError,
  hasDiverged,
  mainMetricOf,
  type Observation,
  resolveFactor,
  resultOf,
  suggested,
} from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';
import { lastOf } from '../planning/summary.ts';

// What `whorl compare` and `whorl plan` ask of recorded runs.

type Measured = Pick<RunRecord, 'metrics'>;

const keysAmong = (runs: readonly Measured[]): string[] => runs.flatMap(({ metrics }) => metrics.map(({ key }) => key));

/** What says most of how well runs do; null where they have none of the main metrics. */
export const mainMetricAmong = (runs: readonly Measured[]): string | null => mainMetricOf(keysAmong(runs));

/** What a run counts for in a comparison; undefined where it has nothing of the metric. */
export function resultIn(run: RunRecord, metric: string): number | undefined {
  const last = lastOf(run, metric);
  if (last === undefined) return undefined;
  const diverged = hasDiverged((key) => lastOf(run, key));
  return resultOf(metric, last, diverged);
}

/** Of a metric that none of some runs has. */
export function noMetric(runs: readonly Measured[], metric: string): ConfigError {
  const known = [...new Set(keysAmong(runs))];
  const near = inLanguage(suggested(metric, known));
  return new ConfigError('--metric', words().compare.noMetric(metric, near, known.join(', ')));
}

/** The factors that `--by` names. @throws ConfigError naming what varies */
export const namedFactors = (by: string, observations: readonly Observation[]): string[] => [
  ...new Set(by.split(',').map((name) => resolveFactor(name.trim(), observations))),
];
