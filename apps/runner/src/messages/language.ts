import type { Language } from '@whorl/core';

/**
 * The language for people: `WHORL_LANG` if set, else Chinese where the terminal's locale is Chinese, else English. What
 * programs read (`--json`) is always in English.
 */
export function language(): Language {
  const { WHORL_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  // Windows sets none of these variables.
  const locale = WHORL_LANG || LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}
