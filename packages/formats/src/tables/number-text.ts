const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);

/** A number as programs write it, including NaN and infinities; undefined for other text. */
export function numberOfText(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const [, sign, word = ''] = /^([+-]?)([a-z]+)$/i.exec(text) ?? [];
  const value = WORDS.get(word.toLowerCase());
  return value === undefined ? undefined : sign === '-' ? -value : value;
}

/** Numbers from here on are times since 1970; smaller ones are durations. */
const LEAST_SECONDS = 1e8;

/** A time in ms since 1970, from seconds, ms, µs, ns or a date; undefined for other values. */
export function timeOf(value: string | number): number | undefined {
  const number = typeof value === 'number' ? value : numberOfText(value);
  if (number === undefined) {
    const date = Date.parse(value as string);
    return Number.isNaN(date) ? undefined : date;
  }
  if (!(number >= LEAST_SECONDS)) return undefined;
  let milliseconds = number * 1000;
  while (milliseconds > LEAST_SECONDS * 1e6) milliseconds /= 1000;
  return milliseconds;
}
