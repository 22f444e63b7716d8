'use client';

import { useLocale, useTranslations } from 'use-intl/react';
import { LANG, LOCALE_COOKIE, type Locale, localePath, splitLocale } from '#src/i18n/locales.ts';

const NAMES: Readonly<Record<Locale, string>> = { en: 'English', zh: '中文' };

/** Shows the same page in the other language, and remembers it. */
export function LanguageSwitch() {
  const t = useTranslations('app');
  const locale = useLocale();
  const other: Locale = locale === 'en' ? 'zh' : 'en';
  const change = () => {
    const { rest } = splitLocale(location.pathname);
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser yet
    document.cookie = `${LOCALE_COOKIE}=${other}; Path=/; Max-Age=31536000; SameSite=Lax`;
    location.assign(`${localePath(other, rest)}${location.search}${location.hash}`);
  };
  return (
    <button
      type="button"
      className="button border-transparent bg-transparent text-muted"
      onClick={change}
      lang={LANG[other]}
      title={t('language')}
    >
      {NAMES[other]}
    </button>
  );
}
