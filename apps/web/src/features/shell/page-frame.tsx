import type { ReactNode } from 'react';
import type { Locale } from '#src/i18n/locales.ts';
import { translator } from '#src/i18n/translator.ts';
import { KeyboardHelp } from './views/keyboard-help.tsx';
import { LanguageSwitch } from './views/language-switch.tsx';
import { ThemeSwitch } from './views/theme-switch.tsx';

interface Props {
  readonly locale: Locale;
  /** The start of the page's top bar. */
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page: its top bar and width. */
export function PageFrame({ locale, lead, children }: Props) {
  const t = translator(locale);
  return (
    <>
      <a
        href="#content"
        className="button sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        {t('app.skip')}
      </a>
      <header className="mx-auto flex min-h-14 max-w-[1200px] flex-wrap items-center justify-between gap-x-3 gap-y-1 px-4 py-2 sm:px-8">
        {lead}
        <div className="ml-auto flex items-center sm:gap-2">
          <KeyboardHelp />
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" className="mx-auto max-w-[1200px] px-4 pt-6 pb-24 sm:px-8">
        {children}
      </main>
    </>
  );
}
