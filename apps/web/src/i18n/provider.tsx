'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl/react';
import type { Locale } from './locales.ts';
import type { PageMessages } from './messages.ts';

interface Props {
  readonly locale: Locale;
  readonly messages: PageMessages;
  /** The reader's, as far as the server knows it: what it renders and what the browser renders agree. */
  readonly timeZone: string;
  readonly children: ReactNode;
}

/** Gives the texts and formats of a language to the components below. */
export function LanguageProvider({ locale, messages, timeZone, children }: Props) {
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone}>
      {children}
    </IntlProvider>
  );
}
