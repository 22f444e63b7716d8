import {
  buildConfig,
  flatten,
  getStudy,
  levelNames,
  type ParamValue,
  type Summary,
  summarize,
  type TrainingStudy,
} from '@whorl/core';
import { type Configuration, configurationsOf } from '#src/comparison/configurations.ts';
import { allRuns } from '#src/server/all-runs.ts';
import type { Context } from '#src/server/context.ts';
import { createCaller } from '#src/server/router.ts';
import type { Experiment, Run } from '#src/server/schemas.ts';

/** One configuration: what was measured here, and what the course says of it. */
export interface EvidenceRow {
  readonly label: string;
  readonly measured: Summary | null;
  readonly reported: number | null;
}

export interface Evidence {
  readonly experiment: Experiment;
  readonly rows: readonly EvidenceRow[];
}

const MOST_EXPERIMENTS = 20;

/** A value of a config as params are recorded: `true` is a text there. */
const asRecorded = (value: ParamValue | undefined) => (typeof value === 'boolean' ? String(value) : value);

/** Whether a run has the study's own settings in everything but its factors and seed, so that it can stand as evidence. */
function isComparable(study: TrainingStudy, run: Run): boolean {
  try {
    const values = Object.fromEntries(study.factors.map((path) => [path, run.params[path]]));
    const expected = flatten(buildConfig(study.defaults, values));
    const paths = new Set([...Object.keys(expected), ...Object.keys(run.params)]);
    paths.delete('seed');
    return [...paths].every((path) => asRecorded(expected[path]) === run.params[path]);
  } catch {
    return false; // a run of another version, with levels that this one does not know
  }
}

/** Centre and spread of the runs' last values of a metric; null where no run has it. */
function summaryOf(runs: readonly Run[], key: string): Summary | null {
  const values = runs.flatMap((run) => run.metrics.find((item) => item.key === key)?.last ?? []);
  return values.length > 0 ? summarize(values) : null;
}

function rowsOf(study: TrainingStudy, runs: readonly Run[]): EvidenceRow[] {
  const groups = configurationsOf(runs, study.factors);
  const claimOf = (group: Configuration<Run>) =>
    study.course.find(({ values }) => study.factors.every((path) => values[path] === group.values[path]));
  const claimed = study.course.map((claim) => {
    const group = groups.find((item) => claimOf(item) === claim);
    return {
      label: claim.label,
      measured: group ? summaryOf(group.runs, claim.metric) : null,
      reported: claim.reported,
    };
  });
  const names = levelNames(
    study.factors,
    groups.map(({ values }) => study.factors.map((path) => values[path])),
  );
  const others = groups.flatMap((group, i) =>
    claimOf(group) ? [] : [{ label: names[i] as string, measured: summaryOf(group.runs, 'accuracy'), reported: null }],
  );
  return [...claimed, ...others];
}

/** The latest experiment of a study with finished runs at the study's own settings; null where there is none. */
export async function findEvidence(context: Context, studyId: string): Promise<Evidence | null> {
  const study = getStudy(studyId);
  if (study.kind !== 'training') return null;
  const caller = createCaller(context);
  const { items } = await caller.experiments.list({ limit: 100 });
  for (const experiment of items.filter((item) => item.study === studyId).slice(0, MOST_EXPERIMENTS)) {
    const all = await allRuns(caller, { experimentId: experiment.id });
    const runs = all.filter((run) => run.status === 'finished' && isComparable(study, run));
    if (runs.length > 0) return { experiment, rows: rowsOf(study, runs) };
  }
  return null;
}
