import {
  boundsOf,
  buildConfig,
  flatten,
  hasDiverged,
  levelNames,
  type ParamValue,
  type Summary,
  summarizeRuns,
  type TrainingStudy,
  trainingStudy,
  withoutSeed,
} from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';
import type { ConceptEvidence, EvidenceRow } from '#src/contract/evidence.ts';
import { evidenceOf } from './claims.ts';

/**
 * The summary over seeds without diverged runs; null where no run has the metric. Old runs have only the accuracy of their
 * last batch.
 */
function summaryOf(runs: readonly RunRecord[], key: string): Summary | null {
  const last = ({ metrics }: RunRecord, one: string) => metrics.find((metric) => metric.key === one)?.last;
  const observed = runs.flatMap((run) => {
    const value = last(run, key) ?? (key === 'trainAccuracy' ? last(run, 'accuracy') : undefined);
    if (value === undefined || hasDiverged((one) => last(run, one))) return [];
    return [{ params: run.config ? flatten(run.config) : run.params, value }];
  });
  return summarizeRuns(observed, boundsOf(key, observed)).summary;
}

function rowsOf(study: TrainingStudy, runs: readonly RunRecord[]): EvidenceRow[] {
  const groups = new Map<string, RunRecord[]>();
  const levels = new Map<string, (ParamValue | null)[]>();
  for (const run of runs) {
    if (!run.config) continue;
    const [key, params] = [withoutSeed(run.config), flatten(run.config)];
    groups.set(key, [...(groups.get(key) ?? []), run]);
    levels.set(
      key,
      study.factors.map((path) => params[path] ?? null),
    );
  }
  const claimed = study.course.map(({ label, values, metric, reported }) => {
    const key = withoutSeed(buildConfig(study.defaults, values));
    return { key, row: { label, measured: summaryOf(groups.get(key) ?? [], metric), reported } };
  });
  const others = [...groups].filter(([key]) => claimed.every((claim) => claim.key !== key));
  const names = levelNames(
    study.factors,
    others.map(([key]) => levels.get(key) ?? []),
  );
  return [
    ...claimed.map(({ row }) => row),
    ...others.map(([, of], i) => ({
      label: names[i] as string,
      measured: summaryOf(of, 'trainAccuracy'),
      reported: null,
    })),
  ];
}

/** The recorded runs of a study beside what the course reports; null where there are none. */
export async function findEvidence(store: Store, studyId: string): Promise<ConceptEvidence | null> {
  const study = trainingStudy(studyId);
  const found = await evidenceOf(store, study);
  // Oldest first, in the order of training.
  return found && { experiment: found.experiment, rows: rowsOf(study, [...found.runs].reverse()) };
}
