import { chosenFactors, defaultFactors, varyingFactors } from '../../design/chosen-factors.ts';
import { hasDiverged, lastOf, resultOf } from '../../metrics/diverged.ts';
import { goalOf } from '../../metrics/goal.ts';
import { MAIN_METRICS, mainMetricOf } from '../../metrics/registry.ts';
import { LIVE_STATUSES } from '../../runs/run-status.ts';
import type { Comparison } from '../../statistics/comparison.ts';
import { compare } from '../../statistics/facets.ts';
import { factorsOf } from '../../studies/index.ts';
import { ConfigError } from '../../text/errors.ts';
import type { Text } from '../../text/text.ts';
import type { WriteupRun } from './measured-runs.ts';

/** The comparison of an experiment's runs. */
export interface ExperimentComparison {
  /** The runs that finished and have the metric, oldest first. */
  readonly runs: readonly WriteupRun[];
  /** How many runs are left out. */
  readonly unfinished: number;
  readonly metric: string;
  /** All factors that somebody chose to vary, the most telling first. */
  readonly factors: readonly string[];
  /** By the first of the factors, as `whorl compare` does by default; null where nothing varies. */
  readonly comparison: Comparison | null;
  /** Why there is no comparison although something varies: more levels than can be tested. */
  readonly refused: Text | null;
}

/**
 * @param all the runs of one experiment, the newest first
 * @param launches the launch in which each was begun
 * @returns null where no run finished with one of the main metrics
 */
export function comparisonOfExperiment(
  all: readonly WriteupRun[],
  study: string | null,
  launches: ReadonlyMap<string, number>,
): ExperimentComparison | null {
  const oldest = [...all].reverse();
  const finished = oldest.filter(({ status }) => status === 'finished');
  const metric = mainMetricOf(finished.flatMap(({ metrics }) => metrics.map(({ key }) => key))) ?? MAIN_METRICS[0];
  const runs = finished.filter((run) => lastOf(run, metric) !== undefined);
  if (runs.length === 0) return null;
  const observations = runs.map((run) => ({
    params: run.params,
    value: resultOf(
      metric,
      lastOf(run, metric) as number,
      hasDiverged((key) => lastOf(run, key)),
    ),
    launch: launches.get(run.id),
  }));
  const factors = chosenFactors(observations, varyingFactors(observations, factorsOf(study)));
  const training = all.filter(({ status }) => LIVE_STATUSES.some((live) => live === status)).length;
  const asked = { metric, by: defaultFactors(factors), goal: goalOf(metric), training };
  const answer = factors.length === 0 ? null : compareIfPossible(() => compare(observations, asked));
  return {
    ...{ runs, metric, factors },
    unfinished: all.length - runs.length,
    comparison: answer?.comparison ?? null,
    refused: answer?.refused ?? null,
  };
}

function compareIfPossible(ask: () => Comparison): Pick<ExperimentComparison, 'comparison' | 'refused'> {
  try {
    return { comparison: ask(), refused: null };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { comparison: null, refused: error.said };
  }
}
