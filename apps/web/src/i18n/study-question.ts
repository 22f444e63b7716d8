import { STUDIES } from '@whorl/core';
import type { Locale } from './locales.ts';

/** The question that a study answers, in a language; null for a study that this version does not know. */
export function studyQuestion(locale: Locale, id: string): string | null {
  return STUDIES.find((study) => study.id === id)?.question[locale] ?? null;
}
