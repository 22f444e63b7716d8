/**
 * A key that sorts, character by character, as people order texts: numbers by size, so that `layer 2` comes before
 * `layer 10`. Texts with the same key differ only in zeros before a number.
 */
export const naturalKey = (text: string): string =>
  // Before a number stands how many digits it has: one digit up to 8, else a 9 and five digits.
  text.replace(/0*(\d+)/g, (_, digits: string) =>
    digits.length < 9 ? `${digits.length}${digits}` : `9${String(digits.length).padStart(5, '0')}${digits}`,
  );

/** Orders texts as people do, with numbers by size. */
export function naturalOrder(a: string, b: string): number {
  const [x, y] = [naturalKey(a), naturalKey(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * A text as it is searched: without the distinctions of case in any script, of full and half width, and of letters
 * composed with their marks or not.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  // Lower case first: the capitals of ı and ſ are those of i and s, and that of ß is two letters.
  return text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFC');
}

const JOKER = /[%_\\]/;

/** A pattern of `like` as it is searched; no character turns into a wildcard by it: a full-width `％` stays text. */
export function foldPattern(pattern: string): string {
  const escaped = pattern.replace(/\\?[^\0-\x7f]|\\[\s\S]/gu, (part) => {
    const plain = part.replace(/^\\/, '').normalize('NFKC');
    return JOKER.test(plain) ? plain.replace(/[%_\\]/g, '\\$&') : part;
  });
  return foldText(escaped);
}
