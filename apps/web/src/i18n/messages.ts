import type {} from 'use-intl';
import en from '#messages/en.json' with { type: 'json' };
import zh from '#messages/zh.json' with { type: 'json' };
import type { Locale } from './locales.ts';

/** All texts of the interface, by language. The English ones define the type. */
export type PageMessages = typeof en;
export const MESSAGES: Readonly<Record<Locale, PageMessages>> = { en, zh };

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: PageMessages;
  }
}
