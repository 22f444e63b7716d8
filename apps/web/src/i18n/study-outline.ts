import { STUDIES } from '@whorl/core';
import type { Locale } from './locales.ts';

/** What an experiment's page says about its study. */
export interface StudyOutline {
  /** The question that it answers. */
  readonly question: string;
  /** Whether it trains runs. Other studies only have demonstrations. */
  readonly trains: boolean;
}

/** The outline of a study in a language; null for no study, or one that this version does not know. */
export function studyOutline(locale: Locale, id: string | null): StudyOutline | null {
  const study = STUDIES.find((known) => known.id === id);
  return study ? { question: study.question[locale], trains: study.kind === 'training' } : null;
}
