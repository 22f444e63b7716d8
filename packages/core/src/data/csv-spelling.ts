import { isDecimal, keepsDigits } from './csv-number.ts';

// What two texts have in common that people would read as one.

/** `text` as it looks: composed characters, plain spaces, nothing invisible. */
export const lookOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** `text` as it is read: as it looks, and a number as its value. */
export function spellingOf(text: string): string {
  const seen = lookOf(text);
  if (!isDecimal(seen)) return seen;
  const value = Number(seen);
  return Number.isFinite(value) && keepsDigits(seen, value) ? String(value + 0) : seen;
}

/** The same for texts that differ in case, or in the width of their characters, besides. */
export const looseSpellingOf = (text: string): string => spellingOf(text.normalize('NFKC')).toLowerCase();

/** A text in quotes with whatever cannot be seen in it, or looks like something else, by its code point. */
export const reveal = (text: string): string =>
  JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text).replace(
    /[\p{Cf}\p{M}]|[^\S ]|[\u00c0-\u024f]/gu,
    (character) => `\\u${(character.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );

/** The first two of some texts that `as` makes equal. */
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
