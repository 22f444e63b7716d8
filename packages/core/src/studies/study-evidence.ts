import { evidenceAmong, isComplete, type PlanRuns, type RecordedRun } from './recorded.ts';
import type { Study } from './study.ts';

/** What of a record says where a study's evidence is; the store is one. */
export interface StudyRecord<R extends RecordedRun, S> {
  readonly experiments: {
    all(): Promise<readonly { id: string; name: string; study: string | null; runs: number }[]>;
  };
  readonly runs: { all(experimentId: string): Promise<readonly R[]> };
  readonly demonstrations: { find(experimentId: string): S | null };
}

/** The experiment that judges a study's claims, with the runs of the plan by which it does. */
export interface FoundEvidence<R extends RecordedRun, S> {
  readonly experiment: { readonly id: string; readonly name: string };
  readonly plan: PlanRuns<R>;
  /** What was demonstrated in it; null where nothing was. */
  readonly shown: S | null;
}

/** At most this many runs are read to find those that are shown. */
const MOST_READ = 5_000;

/**
 * The experiment that judges a study's claims: one with the full plan rather than one with the quick plan, rather than any
 * other; then the one with the most runs, with demonstrations, with the latest activity. Null where nothing is recorded of
 * the study.
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

/** How much an experiment can say about a study: fewer than {@link MOST_READ} runs of it are read, whatever its plan. */
const says = (plan: PlanRuns<RecordedRun>): number =>
  plan.runs.length + (isComplete(plan) ? { full: 2, quick: 1 }[plan.scale] * MOST_READ : 0);
