import type { Language } from '@whorl/core';

/**
 * The language that people are spoken to in: `WHORL_LANG`, else the locale of the terminal, Chinese where that is of
 * Chinese. What programs read (`--json`) is in English whatever it is.
 */
export function language(): Language {
  const { WHORL_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  // Windows sets none of these.
  const locale = WHORL_LANG || LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}
