import { ABSENT, LEVEL_SEPARATOR, type LevelValue, writeValue } from './write-value.ts';

/** The values of a level, in the order of its factors. */
export type LevelValues = readonly LevelValue[];

/**
 * What levels are called beside each other: `relu · lr=0.01`. Only what differs among them is named, in the order of the
 * factors, and a level that stands alone by all of its values. Different levels have different names.
 * @param by the factors' paths, the most telling first
 * @param absent what a missing value is called
 * @returns the names, in the order of the levels
 */
export function levelNames(
  by: readonly string[],
  levels: readonly LevelValues[],
  { absent = ABSENT }: { readonly absent?: string } = {},
): string[] {
  const written = levels.map((values) => by.map((_, i) => writeValue(values[i], absent)));
  const wanted = new Set(written.map((values) => JSON.stringify(values))).size;
  const differing = [...by.keys()].filter((i) => new Set(written.map((values) => values[i])).size > 1);
  const shown = differing.length > 0 ? differing : [...by.keys()];
  const labels = factorLabels(by);
  const partOf = (values: LevelValues, i: number, style: Style): string[] => {
    const value = values[i];
    const label = (style === 'full' ? by[i] : labels[i]) as string;
    if (value === null || value === undefined) return style === 'short' ? [] : [`${label} ${absent}`];
    const text = writeValue(value, absent);
    return [style !== 'full' && isWord(value, text) ? text : `${label}=${text}`];
  };
  const nameIn = (values: LevelValues, style: Style): string =>
    shown.flatMap((i) => partOf(values, i, style)).join(LEVEL_SEPARATOR);
  for (const style of STYLES) {
    const names = levels.map((values) => nameIn(values, style) || nameIn(values, 'whole'));
    if (new Set(names).size === wanted || style === 'full') return names;
  }
  return [];
}

/** Between two levels that are set against each other. It is no minus: the names would read as a sum. */
export const PAIR_WORD = 'vs';

export const pairName = (a: string, b: string): string => `${a} ${PAIR_WORD} ${b}`;

/** How much a name says: without what is missing; with it; with whole paths. */
const STYLES = ['short', 'whole', 'full'] as const;
type Style = (typeof STYLES)[number];

/** `relu` says what it is; a number, a list or a text with quotes does not. */
const isWord = (value: LevelValue, text: string): boolean => value === text && /^\p{L}/u.test(text);

/** What factors are called: the end of their path, as much of it as no other factor has; `optimizer` for `optimizer.name`. */
export function factorLabels(by: readonly string[]): string[] {
  const paths = by.map((path) => path.replace(/(?<=.)\.name$/, '').split('.'));
  const endOf = (parts: readonly string[], length: number) => parts.slice(-length).join('.');
  return paths.map((parts, i) => {
    for (let length = 1; length < parts.length; length++) {
      const end = endOf(parts, length);
      if (paths.every((other, j) => i === j || endOf(other, length) !== end)) return end;
    }
    return parts.join('.');
  });
}
