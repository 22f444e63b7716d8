import { evidenceAmong, isComplete, type PlanRuns, type RecordedRun } from './recorded.ts';
import type { Study } from './study.ts';

/** The part of a record from which a study's evidence is found; the store has it. */
export interface StudyRecord<R extends RecordedRun, S> {
  readonly experiments: {
    all(): Promise<readonly { id: string; name: string; study: string | null; runs: number }[]>;
  };
  readonly runs: { all(experimentId: string): Promise<readonly R[]> };
  readonly demonstrations: { find(experimentId: string): S | null };
}

/** The experiment that judges a study's claims, with the runs of the plan that judge them. */
export interface FoundEvidence<R extends RecordedRun, S> {
  readonly experiment: { readonly id: string; readonly name: string };
  readonly plan: PlanRuns<R>;
  /** What was demonstrated in it; null where nothing was. */
  readonly shown: S | null;
}

/** To find the runs that are shown, at most this many are read. */
const MOST_READ = 5_000;

/**
 * The experiment that judges a study's claims. One with the full plan comes before one with the quick plan, and that
 * before any other; then the one with the most runs, with demonstrations, with the latest activity. Null where nothing
 * of the study is recorded.
 */
export async function findStudyEvidence<R extends RecordedRun, S>(
  record: StudyRecord<R, S>,
  study: Study,
): Promise<FoundEvidence<R, S> | null> {
  let best: FoundEvidence<R, S> | null = null;
  let read = 0;
  for (const { id, name, study: of, runs } of await record.experiments.all()) {
    if (of !== study.id || read + runs > MOST_READ) continue;
    read += runs;
    const plan = evidenceAmong(study, await record.runs.all(id));
    const shown = record.demonstrations.find(id);
    if (plan.runs.length === 0 && !shown) continue;
    if (best === null || says(plan) > says(best.plan)) best = { experiment: { id, name }, plan, shown };
  }
  return best;
}

/**
 * How much an experiment can say about a study: a complete plan counts for more than any number of runs up to {@link
 * MOST_READ}.
 */
const says = (plan: PlanRuns<RecordedRun>): number =>
  plan.runs.length + (isComplete(plan) ? { full: 2, quick: 1 }[plan.scale] * MOST_READ : 0);
