import { createTranslator } from 'use-intl/core';
import type { Locale } from './locales.ts';
import { MESSAGES } from './messages.ts';

/** The texts of the interface, for server components. */
export function translator(locale: Locale) {
  return createTranslator({ locale, messages: MESSAGES[locale] });
}
