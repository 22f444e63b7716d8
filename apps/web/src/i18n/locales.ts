export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'en';

/** The `lang` attribute (BCP 47). Chinese names its script, which decides about glyphs, quotation marks and fonts. */
export const LANG: Readonly<Record<Locale, string>> = { en: 'en', zh: 'zh-Hans' };

/** The cookie that remembers a chosen language. */
export const LOCALE_COOKIE = 'whorl_locale';

/** The header in which a page gets its own address, without its language. */
export const ADDRESS_HEADER = 'x-whorl-address';

/** Parses a locale; null for any other text. */
export function toLocale(text: string): Locale | null {
  return LOCALES.find((locale) => locale === text) ?? null;
}

/**
 * The address of a page in a language. English has no prefix.
 * @param path without a prefix, beginning with `/`
 */
export function localePath(locale: Locale, path: string): string {
  if (locale === DEFAULT_LOCALE) return path;
  return path === '/' ? `/${locale}` : `/${locale}${path}`;
}

/** Splits an address into its language and the path without it. */
export function splitLocale(path: string): { locale: Locale; rest: string; prefixed: boolean } {
  const [, first = '', ...others] = path.split('/');
  const locale = toLocale(first);
  if (!locale) return { locale: DEFAULT_LOCALE, rest: path, prefixed: false };
  return { locale, rest: `/${others.join('/')}`, prefixed: true };
}

/** The preferred one of our languages in an Accept-Language header. */
export function preferredLocale(header: string | null): Locale {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
    const weight = rest.map((item) => /^\s*q=([\d.]+)/.exec(item)?.[1]).find((item) => item !== undefined);
    return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
  });
  const known = wishes.filter(({ language, weight }) => toLocale(language) && weight > 0);
  known.sort((a, b) => b.weight - a.weight);
  return toLocale(known[0]?.language ?? '') ?? DEFAULT_LOCALE;
}
