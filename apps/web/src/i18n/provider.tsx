'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from './locales.ts';
import type { PageMessages } from './messages.ts';

interface Props {
  readonly locale: Locale;
  readonly messages: PageMessages;
  /** The reader's time zone, as far as the server knows it, so that server and browser render the same. */
  readonly timeZone: string;
  readonly children: ReactNode;
}

/** Provides the texts and formats of a language. */
export function LanguageProvider({ locale, messages, timeZone, children }: Props) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
