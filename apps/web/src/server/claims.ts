import { evidenceAmong, judgeRecorded, OUTCOMES, outcomeOf, STUDIES, type Study } from '@whorl/core';
import type { RunRecord, ShownRecord, Store } from '@whorl/store';
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
  /** What was shown without a run, and judges claims, too; null where nothing was. */
  shown: z
    .object({
      demonstrations: z.array(
        z.object({ title: textSchema, code: z.string(), output: textSchema, holds: z.boolean() }),
      ),
      engine: z.string(),
      at: z.date(),
    })
    .nullable(),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Judges anew whenever it is asked: what a page says is never older than what is recorded. @param all the newest first */
function claimsAmong(study: Study, all: readonly RunRecord[], shown: ShownRecord | null): Claims {
  const { claims, runs, seeds } = judgeRecorded(study, all, shown?.demonstrations);
  const ended = runs.flatMap(({ endedAt }) => (endedAt ? [endedAt.getTime()] : []));
  return {
    claims: claims.map(({ claim, verdict, numbers, supported }) => ({
      ...{ claim, verdict, numbers: { ...numbers } },
      outcome: outcomeOf({ supported }),
    })),
    runs: runs.length,
    seeds,
    at: ended.length > 0 ? new Date(Math.max(...ended)) : null,
    shown: shown && { ...shown, demonstrations: [...shown.demonstrations] },
  };
}

/** What an experiment's runs and demonstrations say of its study's claims; null for a study that this version does not know. */
export async function claimsOf(store: Store, experiment: { id: string; study: string }): Promise<Claims | null> {
  const study = STUDIES.find(({ id }) => id === experiment.study);
  return study
    ? claimsAmong(study, await store.runs.all(experiment.id), store.demonstrations.find(experiment.id))
    : null;
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
 * Of the experiments of a study the one with the most runs at its own settings, the latest of several; null where none has
 * any, and none has shown anything. What several parts of one page ask is read once.
 */
export const evidenceOf = cache(async (store: Store, study: Study): Promise<StudyEvidence | null> => {
  let best: (Pick<StudyEvidence, 'experiment' | 'runs'> & { shown: ShownRecord | null }) | null = null;
  let read = 0;
  for (const experiment of await store.experiments.all()) {
    if (experiment.study !== study.id || read + experiment.runs > MOST_READ) continue;
    read += experiment.runs;
    const runs = evidenceAmong(study, await store.runs.all(experiment.id));
    const shown = store.demonstrations.find(experiment.id);
    if (runs.length > (best?.runs.length ?? 0) || (best === null && shown)) best = { experiment, runs, shown };
  }
  return best && { experiment: best.experiment, runs: best.runs, claims: claimsAmong(study, best.runs, best.shown) };
});
