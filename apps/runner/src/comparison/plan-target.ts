import {
  buildConfig,
  type Comparison,
  type Config,
  ConfigError,
  chosenFactors,
  compare,
  configurationsOf,
  defaultFactors,
  designOf,
  factorsOf,
  flatten,
  type Observation,
  type RunSeen,
  resultIn,
  STUDIES,
  seedlessKey,
  suggested,
  type TrainingStudy,
  trainingStudy,
  varyingFactors,
  writeAssignment,
} from '@whorl/core';
import type { ExperimentRecord, RunRecord, Store } from '@whorl/store';
import { inLanguage, words } from '../messages/index.ts';
import { withFiles } from '../planning/files.ts';
import { plan } from '../planning/plan.ts';
import { cleanName, findExperiment } from '../record/record.ts';
import { mainMetricAmong, namedFactors, noMetric } from './asked-of-runs.ts';

// Finds out what `whorl plan` is about: the configurations to compare, what is recorded of them, and which other recorded
// runs show how far seeds differ.

export interface TargetOptions {
  readonly by?: string;
  readonly metric?: string;
  readonly name?: string;
  readonly label?: string;
  readonly course?: boolean;
}

/** A comparison that somebody wants to make. */
export interface PlanTarget {
  readonly study: string;
  /** The experiment that the runs will join; null where none has that name yet. */
  readonly experiment: ExperimentRecord | null;
  readonly name: string;
  /** Each configuration once. */
  readonly configs: readonly Config[];
  readonly by: readonly string[];
  /** Other factors that vary. Each seed is averaged over them. */
  readonly others: readonly string[];
  readonly levels: number;
}

/** A recorded run with what the plan needs of it. */
interface SeenRun extends RunSeen {
  readonly record: RunRecord;
}

/** A finished run whose config can be read. */
export type ReadableRun = RunRecord & { readonly config: Config; readonly engine: string };

/** Recorded runs from which the spread between seeds is estimated. */
export interface Pilot {
  readonly experiment: string;
  readonly metric: string;
  readonly comparison: Comparison;
  readonly runs: readonly SeenRun[];
  /** Whether they have the levels that are planned, and not other levels under the same settings. */
  readonly exact: boolean;
}

/** A config, its seed aside, as a comparison sees it. */
const asObservation = (config: Config): Observation => ({ params: flatten(config), value: 0 });

/** @throws ConfigError for words that name nothing that can be compared */
export async function planTarget(
  store: Store | null,
  word: string,
  assignments: readonly string[],
  options: TargetOptions,
): Promise<PlanTarget> {
  const isPlain = assignments.length === 0 && options.label === undefined && !options.course;
  const named = store && (await findExperiment(store, word));
  if (store && named && named.study !== null && isPlain && options.name === undefined) {
    const configs = configurationsOf((await finishedRuns(store, named.id)).map(({ config }) => config));
    if (configs.length > 1 || !STUDIES.some(({ id }) => id === word)) {
      return compared({ study: named.study, experiment: named, name: named.name, configs }, options);
    }
  }
  const study = await studyOf(store, word, assignments, named);
  const name = cleanName(options.name ?? study.id);
  const experiment = store && (await findExperiment(store, name));
  if (experiment && experiment.study !== study.id) {
    throw new ConfigError('--name', words().plan.otherStudy(experiment.name, experiment.study ?? '', study.id));
  }
  return compared(
    { study: study.id, experiment, name, configs: await configsOf(study, assignments, options) },
    options,
  );
}

async function studyOf(
  store: Store | null,
  word: string,
  assignments: readonly string[],
  named: ExperimentRecord | null,
): Promise<TrainingStudy> {
  const ids = STUDIES.map(({ id }) => id);
  if (ids.includes(word)) return trainingStudy(word);
  if (named?.study === null) throw new ConfigError(word, words().plan.noStudy);
  if (named) {
    const command = ['whorl plan', named.study, ...assignments, `--name ${named.name}`].join(' ');
    throw new ConfigError(word, words().plan.isExperiment(named.study, command));
  }
  const near = inLanguage(suggested(word, [...ids, ...((await store?.experiments.names()) ?? [])]));
  throw new ConfigError('', words().plan.noTarget(word, near, ids.join(', ')));
}

/** The configurations that the words describe, as for `whorl run`. Without words, those that answer the study's question. */
async function configsOf(
  study: TrainingStudy,
  assignments: readonly string[],
  { label, course = false }: TargetOptions,
): Promise<Config[]> {
  const given = [...assignments, ...(label === undefined ? [] : [writeAssignment('data.label', label)])];
  if (given.length === 0 && !course) {
    return configurationsOf(study.variants('full').map((values) => buildConfig(study.defaults, values)));
  }
  const planned = plan(study, { assignments: given, seeds: '1', course });
  return configurationsOf((await withFiles(planned, process.cwd())).map(({ config }) => config));
}

function compared(
  target: Pick<PlanTarget, 'study' | 'experiment' | 'name' | 'configs'>,
  { by }: TargetOptions,
): PlanTarget {
  const { study, configs } = target;
  const observations = configs.map(asObservation);
  const chosen = chosenFactors(observations, varyingFactors(observations, factorsOf(study)));
  if (chosen.length === 0) throw new ConfigError('', words().plan.oneConfiguration(configs.length));
  const factors = by === undefined ? defaultFactors(chosen) : namedFactors(by, observations);
  const { confounds, levels } = designOf(observations, factors);
  if (confounds.length > 0) {
    throw new ConfigError('--by', words().plan.confounded(confounds, [...factors, ...confounds].join(',')));
  }
  return {
    ...target,
    by: factors,
    others: chosen.filter((path) => !factors.includes(path)),
    levels: levels.length,
  };
}

/** The finished runs of an experiment whose configs can be read, oldest first. */
export async function finishedRuns(store: Store, experimentId: string): Promise<ReadableRun[]> {
  const runs = await store.runs.all(experimentId);
  return runs
    .reverse()
    .filter((run): run is ReadableRun => run.status === 'finished' && run.config !== null && run.engine !== null);
}

/** Those of the runs that have one of the planned configurations. */
export function plannedAmong(runs: readonly ReadableRun[], { configs }: PlanTarget): ReadableRun[] {
  const planned = new Set(configs.map(seedlessKey));
  return runs.filter(({ config }) => planned.has(seedlessKey(config)));
}

/** The runs, each with its value of the compared metric. */
export const seenIn = (runs: readonly ReadableRun[], metric: string): SeenRun[] =>
  runs.map((record) => {
    const { config, engine, durationMs } = record;
    return { record, config, engine, durationMs, value: resultIn(record, metric) };
  });

/** The comparison of these runs; null where none recorded the metric. */
export function comparisonOf(
  store: Store,
  runs: readonly SeenRun[],
  { by }: PlanTarget,
  metric: string,
): Comparison | null {
  const launches = store.runs.launches(runs.map(({ record }) => record.id));
  const observations = runs.flatMap(({ record, config, value }) =>
    value === undefined ? [] : [{ params: flatten(config), value, launch: launches.get(record.id) }],
  );
  return observations.length === 0 ? null : compare(observations, { metric, by });
}

/** The recorded runs that are most like the planned ones and show a spread; null where there are none. */
export async function pilotOf(store: Store, target: PlanTarget, asked: string | null): Promise<Pilot | null> {
  const others = (await store.experiments.all()).filter(
    ({ study, id }) => study === target.study && id !== target.experiment?.id,
  );
  for (const { id, name } of target.experiment ? [target.experiment, ...others] : others) {
    const near = (await finishedRuns(store, id)).filter((run) =>
      target.configs.some((config) => isAlike(run.config, config, target.by)),
    );
    for (const exact of [true, false]) {
      const found = exact ? plannedAmong(near, target) : near;
      const metric = asked ?? mainMetricAmong(found);
      if (metric === null) continue;
      const runs = seenIn(found, metric);
      const comparison = comparisonOf(store, runs, target, metric);
      if (comparison?.next.spread) return { experiment: name, metric, comparison, runs, exact };
    }
  }
  return null;
}

/** Whether two configs differ only in the compared factors and the seed. */
function isAlike(a: Config, b: Config, by: readonly string[]): boolean {
  const [one, other] = [flatten(a), flatten(b)];
  const kinds = by.filter((path) => path.endsWith('.name')).map((path) => path.slice(0, -'name'.length));
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((path) => {
    if (path === 'seed' || by.includes(path) || one[path] === other[path]) return true;
    // Fields that only one of two kinds has cannot be compared.
    return kinds.some((kind) => path.startsWith(kind)) && (one[path] === undefined || other[path] === undefined);
  });
}

/** @throws ConfigError where planned runs are recorded, but none of them has the metric */
export function refuseUnknownMetric(runs: readonly SeenRun[], metric: string): void {
  if (runs.length === 0 || runs.some(({ value }) => value !== undefined)) return;
  throw noMetric(
    runs.map(({ record }) => record),
    metric,
  );
}
