import type { ParamValue } from '../config/canonical.ts';

/** A value of a config, or a list of values; null or undefined where the config lacks the path. */
export type LevelValue = ParamValue | readonly unknown[] | null | undefined;

/** Stands between the values of a level. It is not an operator, which would make a sum of the name. */
export const LEVEL_SEPARATOR = ' · ';

/** What a missing value is called, unless the page has its own word. */
export const ABSENT = 'not set';

/**
 * A value of a config as people read it, in full: it names something, so no digit is rounded. Equal items in a list are
 * written as one, `20 x 32`. Different values are written differently: a text that could be read as something else
 * (`"1"`, `"null"`, the word for a missing value) is quoted. `true` is one value, whether a config holds it or a
 * record, which keeps it as text.
 */
export function writeValue(value: LevelValue, absent: string = ABSENT): string {
  if (value === null || value === undefined) return absent;
  if (typeof value === 'string') {
    const list = parseList(value);
    return list ? writeList(list) : writeText(value, absent);
  }
  return Array.isArray(value) ? writeList(value) : String(value);
}

/** A value as part of a key: as in the record, quoted where it could be read as another value. */
export const valueKey = (value: ParamValue | undefined): string =>
  typeof value !== 'string' || parseList(value) ? String(value ?? ABSENT) : writeText(value, ABSENT);

/** The list that a param holds as canonical JSON; null for any other text. */
function parseList(text: string): unknown[] | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && JSON.stringify(list) === text ? list : null;
  } catch {
    return null;
  }
}

/** From so many equal items in a row on, a list gives their number. */
const FEWEST_REPEATED = 3;

/** `20 x 32`, `[64, 20 x 32, 10]`, `[100]`, `[]`. */
function writeList(list: readonly unknown[]): string {
  const items = list.map((item) => (Array.isArray(item) ? bracketed(item) : JSON.stringify(item)));
  const [first] = items;
  if (items.length > 1 && items.every((item) => item === first)) return `${items.length} x ${first}`;
  return bracketed(list);
}

function bracketed(list: readonly unknown[]): string {
  const runs: { readonly item: string; count: number }[] = [];
  for (const value of list) {
    const item = Array.isArray(value) ? bracketed(value) : JSON.stringify(value);
    const last = runs.at(-1);
    if (last?.item === item) last.count += 1;
    else runs.push({ item, count: 1 });
  }
  const written = runs.flatMap(({ item, count }) =>
    count < FEWEST_REPEATED ? Array<string>(count).fill(item) : [`${count} x ${item}`],
  );
  return `[${written.join(', ')}]`;
}

/** A text, quoted where it could be read as another value or as several. */
const writeText = (text: string, absent: string): string =>
  isPlain(text) && text !== absent ? text : JSON.stringify(text);

const LITERALS = new Set(['null', 'undefined', 'NaN', 'Infinity', '-Infinity', ABSENT]);

function isPlain(text: string): boolean {
  const isNumber = text.trim() !== '' && !Number.isNaN(Number(text));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text with a line break in it is not plain
  const isOdd = text !== text.trim() || /^["[]|^\d+ x | · | \+ | vs |[\u0000-\u001f]/.test(text);
  return text !== '' && !isNumber && !isOdd && !LITERALS.has(text);
}
