/**
 * A text whose place among others of its kind, character by character, is the one that people give it: numbers in it
 * by their size, so that `layer 2` is before `layer 10`. What has the same key differs in zeros before a number.
 */
export const naturalKey = (text: string): string =>
  // How many digits a number has comes before them: one of nine or more says so by five digits more.
  text.replace(/0*(\d+)/g, (_, digits: string) =>
    digits.length < 9 ? `${digits.length}${digits}` : `9${String(digits.length).padStart(5, '0')}${digits}`,
  );

/** Orders texts as people do, numbers in them by their size. */
export function naturalOrder(a: string, b: string): number {
  const [x, y] = [naturalKey(a), naturalKey(b)];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const ASCII = /^[\0-\x7f]*$/;

/**
 * The text as it is searched: without the difference of small and capital letters of any script, of full and half
 * width, and of letters and marks written as one character or as two.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toUpperCase();
  // Small letters first: the capitals of ı and ſ are those of i and s, and ß has two.
  return text.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFC');
}

const JOKER = /[%_\\]/;

/** A pattern of `like` as it is searched, in which nothing becomes a joker: a full-width `％` is a text. */
export function foldPattern(pattern: string): string {
  const escaped = pattern.replace(/\\?[^\0-\x7f]|\\[\s\S]/gu, (part) => {
    const plain = part.replace(/^\\/, '').normalize('NFKC');
    return JOKER.test(plain) ? plain.replace(/[%_\\]/g, '\\$&') : part;
  });
  return foldText(escaped);
}
