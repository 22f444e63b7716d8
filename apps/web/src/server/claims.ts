import { evidenceAmong, judgeRecorded, OUTCOMES, outcomeOf, STUDIES, type Study } from '@whorl/core';
import type { RunRecord, Store } from '@whorl/store';
import { cache } from 'react';
import { z } from 'zod';
import { realSchema } from './schemas.ts';

const textSchema = z.object({ en: z.string(), zh: z.string() });

export const claimsSchema = z.object({
  claims: z.array(
    z.object({
      claim: textSchema,
      outcome: z.enum(OUTCOMES),
      verdict: textSchema,
      numbers: z.record(z.string(), realSchema.nullable()),
    }),
  ),
  /** The runs of the study's own configurations that they are judged by, and the seeds of these. */
  runs: z.int(),
  seeds: z.int(),
  /** When the last of these ended; null where there is none. */
  at: z.date().nullable(),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Judges runs anew whenever it is asked: what a page says is never older than its runs. @param runs the newest first */
function claimsAmong(study: Study, all: readonly RunRecord[]): Claims {
  const { claims, runs, seeds } = judgeRecorded(study, all);
  const ended = runs.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return {
    claims: claims.map(({ claim, verdict, numbers, supported }) => ({
      ...{ claim, verdict, numbers: { ...numbers } },
      outcome: outcomeOf({ supported }),
    })),
    runs: runs.length,
    seeds,
    at: ended.length > 0 ? new Date(Math.max(...ended)) : null,
  };
}

/** What an experiment's runs say of its study's claims; null for a study that this version does not know. */
export async function claimsOf(store: Store, experiment: { id: string; study: string }): Promise<Claims | null> {
  const study = STUDIES.find(({ id }) => id === experiment.study);
  return study ? claimsAmong(study, await store.runs.all(experiment.id)) : null;
}

/** How many runs are read to find those that a concept page shows. */
const MOST_READ = 5_000;

export interface StudyEvidence {
  readonly experiment: { readonly id: string; readonly name: string };
  readonly claims: Claims;
  /** The runs that the claims are judged by. */
  readonly runs: readonly RunRecord[];
}

/**
 * Of the experiments of a study the one with the most runs at its own settings, the latest of several; null for none. What
 * several parts of one page ask is read once.
 */
export const evidenceOf = cache(async (store: Store, study: Study): Promise<StudyEvidence | null> => {
  let best: Pick<StudyEvidence, 'experiment' | 'runs'> | null = null;
  let read = 0;
  let cursor: string | undefined;
  do {
    const page = await store.experiments.list({ cursor, limit: 100 });
    for (const experiment of page.items) {
      if (experiment.study !== study.id || read + experiment.runs > MOST_READ) continue;
      read += experiment.runs;
      const runs = evidenceAmong(study, await store.runs.all(experiment.id));
      if (runs.length > (best?.runs.length ?? 0)) best = { experiment, runs };
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return best && { ...best, claims: claimsAmong(study, best.runs) };
});
