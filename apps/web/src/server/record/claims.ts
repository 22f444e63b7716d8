import { evidenceAmong, isComplete, judgeRecorded, outcomeOf, type PlanRuns, STUDIES, type Study } from '@whorl/core';
import type { RunRecord, ShownRecord, Store } from '@whorl/store';
import { cache } from 'react';
import type { Claims } from '#src/contract/claims.ts';
import type { StudyEvidence } from '#src/contract/evidence.ts';

/** Judges anew whenever it is asked: what a page says is never older than what is recorded. @param all the newest first */
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

/** What an experiment's runs and demonstrations say of its study's claims; null for a study that this version does not know. */
export async function claimsOf(store: Store, experiment: { id: string; study: string | null }): Promise<Claims | null> {
  const study = STUDIES.find(({ id }) => id === experiment.study);
  return study
    ? claimsAmong(study, await store.runs.all(experiment.id), store.demonstrations.find(experiment.id))
    : null;
}

/** How many runs are read to find those that a concept page shows. */
const MOST_READ = 5_000;

interface EvidenceOfRuns extends StudyEvidence {
  /** The runs that the claims are judged by. */
  readonly runs: readonly RunRecord[];
}

/**
 * Of the experiments of a study the one by which its claims are judged: one that has the full plan comes before one that has
 * the quick one, and that before one that has neither; else the most runs count, then what was shown without any, then
 * the latest activity. Null where nothing is recorded of it. What several parts of one page ask is read once.
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

/** How much runs say of a study: whatever its plan, fewer runs of it than {@link MOST_READ} are read. */
const says = (plan: Plan): number =>
  plan.runs.length + (isComplete(plan) ? { full: 2, quick: 1 }[plan.scale] * MOST_READ : 0);
