import {
  ConfigError,
  chosenFactors,
  compare,
  defaultFactors,
  effectsOf,
  factorsOf,
  type Goal,
  goalOf,
  isOwnSource,
  LIVE_STATUSES,
  MAIN_METRICS,
  metricWord,
  NOTHING_VARIES,
  type Observation,
  resultIn,
  sameText,
  varyingFactors,
  withLevelNames,
} from '@whorl/core';
import type { RunRecord } from '@whorl/store';
import { mainMetricAmong, namedFactors, noMetric } from '../comparison/asked-of-runs.ts';
import { documentOf } from '../comparison/comparison-document.ts';
import { printComparison } from '../comparison/comparison-tables.ts';
import { inLanguage, words } from '../messages/index.ts';
import { inRecord, runsOf } from '../record/record.ts';
import { metricTitle, note, printJson } from '../terminal/output.ts';

export interface CompareOptions {
  readonly by?: string;
  readonly metric?: string;
  readonly goal?: string;
  readonly margin?: string;
  readonly json?: boolean;
}

/** `whorl compare`: compares recorded runs by a factor. */
export const compareRuns = (
  targets: readonly string[],
  { by, margin, json, ...asked }: CompareOptions,
): Promise<void> =>
  inRecord(async (store) => {
    const goal = asked.goal === undefined ? null : readGoal(asked.goal);
    const runs = await runsOf(store, 'compare', targets);
    const main = mainMetricAmong(runs.filter(({ status }) => status === 'finished'));
    const metric = asked.metric ?? main ?? MAIN_METRICS[0];
    const observations = observe(runs, metric, store.runs.launches(runs.map(({ id }) => id)));
    const chosen = chosenFactors(observations, varyingFactors(observations, factorsOf(observations[0]?.study ?? '')));
    const factors = by === undefined ? impliedFactors(chosen) : namedFactors(by, observations);
    const comparison = compare(observations, {
      metric,
      by: factors,
      goal: goal ?? goalOf(metric),
      training: runs.filter(({ status }) => LIVE_STATUSES.includes(status)).length,
      ...(margin === undefined ? {} : { margin: marginOf(margin) }),
    });
    // With a single factor the verdict already says what its effect is.
    const effects = chosen.length > 1 ? effectsOf(observations, chosen, comparison.look) : null;
    // What a metric of another program is called is its key: it may mean something else than ours of that name.
    const isOwn = runs.every(({ source }) => isOwnSource(source));
    const word = isOwn ? metricWord(metric) : sameText(metric);
    if (json) return printJson(documentOf(comparison, effects, word));
    const unfinished = runs.length - observations.length;
    if (unfinished > 0) note(words().compare.leftOut(unfinished, inLanguage(word)));
    if (main !== null && metric !== main) note(words().compare.notMain(metricTitle(main, isOwn)));
    const others = by === undefined ? chosen.filter((path) => !factors.includes(path)) : [];
    if (others.length > 0) note(words().compare.alsoVary(others, `--by ${[...factors, ...others].join(',')}`));
    printComparison(withLevelNames(comparison), effects, word);
  });

/** A run as a comparison sees it, and the study whose factors come first. */
type Observed = Observation & Pick<RunRecord, 'study'>;

/** @throws ConfigError for anything but `highest` and `lowest` */
function readGoal(came: string): Goal {
  if (came === 'highest' || came === 'lowest') return came;
  throw new ConfigError('--goal', words().compare.goal(came));
}

/** The finished runs that recorded the metric, each with its value. A run that diverged has a usable value of none. */
function observe(runs: readonly RunRecord[], metric: string, launches: ReadonlyMap<string, number>): Observed[] {
  const finished = runs.filter(({ status }) => status === 'finished');
  if (finished.length === 0) throw new ConfigError('compare', words().compare.noneFinished(runs.length));
  const observations = finished.flatMap((run) => {
    const value = resultIn(run, metric);
    return value === undefined ? [] : [{ params: run.params, study: run.study, value, launch: launches.get(run.id) }];
  });
  if (observations.length > 0) return observations;
  throw noMetric(finished, metric);
}

/** @throws ConfigError for a text that is not a number */
function marginOf(text: string): number {
  const margin = Number(text);
  if (text.trim() === '' || !Number.isFinite(margin))
    throw new ConfigError('--margin', words().compare.badMargin(text));
  return margin;
}

function impliedFactors(chosen: readonly string[]): string[] {
  if (chosen.length > 0) return defaultFactors(chosen);
  throw new ConfigError('--by', NOTHING_VARIES);
}
