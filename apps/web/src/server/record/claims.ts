import { findStudyEvidence, judgeRecorded, outcomeOf, STUDIES, type Study } from '@whorl/core';
import type { RunRecord, ShownRecord, Store } from '@whorl/store';
import type { Claims } from '#src/contract/claims.ts';
import type { StudyEvidence } from '#src/contract/evidence.ts';
import { measuredEvidence } from './evidence.ts';

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

interface EvidenceOfRuns extends StudyEvidence {
  /** The runs by which claims are judged, in the order of the plan. */
  readonly runs: readonly RunRecord[];
}

/** What the record says of a study's claims, and what its runs reached; null where nothing is recorded of it. */
export async function evidenceOf(store: Store, study: Study): Promise<EvidenceOfRuns | null> {
  const found = await findStudyEvidence(store, study);
  if (found === null) return null;
  const { experiment, plan, shown } = found;
  return {
    experiment: { id: experiment.id, name: experiment.name },
    runs: plan.runs,
    claims: claimsAmong(study, plan.runs, shown),
    measured: study.kind === 'training' ? measuredEvidence(study, plan.runs) : null,
  };
}
