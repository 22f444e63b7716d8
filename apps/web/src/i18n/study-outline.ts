import { STUDIES } from '@whorl/core';
import type { Locale } from './locales.ts';

/** What the page of an experiment says of its study. */
export interface StudyOutline {
  /** The question that it answers. */
  readonly question: string;
  /** Whether it trains runs; one that does not shows something. */
  readonly trains: boolean;
}

/** Of a study, in a language; null for one that this version does not know, and for none. */
export function studyOutline(locale: Locale, id: string | null): StudyOutline | null {
  const study = STUDIES.find((known) => known.id === id);
  return study ? { question: study.question[locale], trains: study.kind === 'training' } : null;
}
