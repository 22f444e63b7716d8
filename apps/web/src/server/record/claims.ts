import { evidenceAmong, isComplete, judgeRecorded, outcomeOf, type PlanRuns, STUDIES, type Study } from '@whorl/core';
import type { RunRecord, ShownRecord, Store } from '@whorl/store';
import { cache } from 'react';
import type { Claims } from '#src/contract/claims.ts';
import type { StudyEvidence } from '#src/contract/evidence.ts';

/**
 * Judges claims anew each time, so that a page is never older than the record.
 * @param all newest first
 */
function claimsAmong(study: Study, all: readonly RunRecord[], shown: ShownRecord | null): Claims {
  const { claims, runs, seeds, scale, configurations, complete } = judgeRecorded(study, all, shown?.demonstrations);
  const ended = runs.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return {
    claims: claims.map(({ claim, verdict, numbers, supported }) => ({
      ...{ claim, verdict, numbers: { ...numbers } },
      outcome: outcomeOf({ supported }),
    })),
    ...{ scale, configurations, complete, seeds },
    runs: runs.length,
    at: ended.length > 0 ? new Date(Math.max(...ended)) : null,
    shown: shown && { ...shown, demonstrations: [...shown.demonstrations] },
  };
}

/** The outcomes of a study's claims in an experiment; null for a study that this version does not know. */
export async function claimsOf(store: Store, experiment: { id: string; study: string | null }): Promise<Claims | null> {
  const study = STUDIES.find(({ id }) => id === experiment.study);
  return study
    ? claimsAmong(study, await store.runs.all(experiment.id), store.demonstrations.find(experiment.id))
    : null;
}

/** At most this many runs are read to find those that a concept page shows. */
const MOST_READ = 5_000;

interface EvidenceOfRuns extends StudyEvidence {
  /** The runs by which claims are judged. */
  readonly runs: readonly RunRecord[];
}

/**
 * The experiment that judges a study's claims: one with the full plan rather than one with the quick plan, rather than any
 * other; then the one with the most runs, with demonstrations, with the latest activity. Null where nothing is recorded of
 * the study. Cached for all parts of a page.
 */
export const evidenceOf = cache(async (store: Store, study: Study): Promise<EvidenceOfRuns | null> => {
  let best: { experiment: StudyEvidence['experiment']; plan: Plan; shown: ShownRecord | null } | null = null;
  let read = 0;
  for (const experiment of await store.experiments.all()) {
    if (experiment.study !== study.id || read + experiment.runs > MOST_READ) continue;
    read += experiment.runs;
    const plan = evidenceAmong(study, await store.runs.all(experiment.id));
    const shown = store.demonstrations.find(experiment.id);
    if (plan.runs.length === 0 && !shown) continue;
    if (best === null || says(plan) > says(best.plan)) best = { experiment, plan, shown };
  }
  if (best === null) return null;
  const { experiment, plan, shown } = best;
  return { experiment, runs: plan.runs, claims: claimsAmong(study, plan.runs, shown) };
});

type Plan = PlanRuns<RunRecord>;

/** How much an experiment can say about a study: fewer than {@link MOST_READ} runs of it are read, whatever its plan. */
const says = (plan: Plan): number =>
  plan.runs.length + (isComplete(plan) ? { full: 2, quick: 1 }[plan.scale] * MOST_READ : 0);
