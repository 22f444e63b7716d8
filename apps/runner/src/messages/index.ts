import { endReasonIn, type Text } from '@whorl/core';
import { en, type Messages } from './en.ts';
import { language } from './language.ts';
import { zh } from './zh.ts';

const MESSAGES = { en, zh } as const;

/** What the command line says to people, in their language. */
export const words = (): Messages => MESSAGES[language()];

/** A text of core in the language of people. */
export const inLanguage = (text: Text): string => text[language()];

/** Why a run ended; null where nothing was recorded. */
export const reasonOf = ({ error }: { readonly error: string | null }): string | null =>
  error === null ? null : endReasonIn(language(), error);
