import type {} from 'use-intl';
import en from '#messages/en.json' with { type: 'json' };
import zh from '#messages/zh.json' with { type: 'json' };
import type { Locale } from './locales.ts';

/** Every text of the interface, by language. English says which there are. */
export type PageMessages = typeof en;
export const MESSAGES: Readonly<Record<Locale, PageMessages>> = { en, zh };

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: PageMessages;
  }
}
