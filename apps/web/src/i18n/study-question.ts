import { STUDIES } from '@whorl/core';
import type { Locale } from './locales.ts';
import { MESSAGES } from './messages.ts';

/** The question that a study answers, in a language; in core's English without a translation, null for an unknown study. */
export function studyQuestion(locale: Locale, id: string): string | null {
  const texts: Readonly<Record<string, { readonly question: string }>> = MESSAGES[locale].studies;
  return texts[id]?.question ?? STUDIES.find((study) => study.id === id)?.question ?? null;
}
