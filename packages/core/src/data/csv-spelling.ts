import { isDecimal, keepsDigits } from './csv-number.ts';

// What makes two texts look the same to people.

/** `text` as it looks: characters composed, spaces plain, invisible characters removed. */
export const lookOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** `text` as people read it: as it looks, with a number replaced by its value. */
export function spellingOf(text: string): string {
  const seen = lookOf(text);
  if (!isDecimal(seen)) return seen;
  const value = Number(seen);
  return Number.isFinite(value) && keepsDigits(seen, value) ? String(value + 0) : seen;
}

/** As {@link spellingOf}, ignoring case and the width of characters as well. */
export const looseSpellingOf = (text: string): string => spellingOf(text.normalize('NFKC')).toLowerCase();

/** A text in quotes, in which characters that are invisible or look like others are shown by code point. */
export const reveal = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(
    /[\p{Cf}\p{M}]|[^\S ]|[\u00c0-\u024f]/gu,
    (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );

/** The first two different texts that `as` maps to the same. */
export function firstAlike(texts: Iterable<string>, as: (text: string) => string): [string, string] | null {
  const seen = new Map<string, string>();
  for (const text of texts) {
    const key = as(text);
    const before = seen.get(key);
    if (before !== undefined) return [before, text];
    seen.set(key, text);
  }
  return null;
}
