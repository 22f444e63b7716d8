import { ABSENT, LEVEL_SEPARATOR, type LevelValue, writeValue } from './write-value.ts';

/** The values of a level, in the order of its factors. */
export type LevelValues = readonly LevelValue[];

/**
 * What levels are called beside each other: `relu · lr=0.01`. Names hold only what differs among the levels, in the
 * order of the factors; a single level is named by all of its values. Different levels have different names.
 * @param by the factors' paths, the most telling first
 * @param absent what a missing value is called
 * @returns the names, in the order of the levels
 */
export function levelNames(
  by: readonly string[],
  levels: readonly LevelValues[],
  { absent = ABSENT }: { readonly absent?: string } = {},
): string[] {
  const named = by.map((path, i) =>
    columnOf(
      path,
      levels.map((values) => values[i]),
    ),
  );
  const written = levels.map((_, row) => by.map((_, i) => writeValue(named[i]?.[row], absent)));
  const wanted = new Set(written.map((values) => JSON.stringify(values))).size;
  const differing = [...by.keys()].filter((i) => new Set(written.map((values) => values[i])).size > 1);
  const shown = differing.length > 0 ? differing : [...by.keys()];
  const labels = factorLabels(by);
  const partOf = (row: number, i: number, style: Style): string[] => {
    const value = named[i]?.[row];
    const label = (style === 'full' ? by[i] : labels[i]) as string;
    if (value === null || value === undefined) return style === 'short' ? [] : [`${label} ${absent}`];
    const text = writeValue(value, absent);
    return [style !== 'full' && isWord(value, text) ? text : `${label}=${text}`];
  };
  const nameIn = (row: number, style: Style): string =>
    shown.flatMap((i) => partOf(row, i, style)).join(LEVEL_SEPARATOR);
  for (const style of STYLES) {
    const names = levels.map((_, row) => nameIn(row, style) || nameIn(row, 'whole'));
    if (new Set(names).size === wanted || style === 'full') return names;
  }
  return [];
}

/** The values of a factor as they are named: a file by its base name, unless another of the files has the same one. */
function columnOf(path: string, values: readonly LevelValue[]): readonly LevelValue[] {
  if (path !== FILE_PATH) return values;
  const files = values.map((value) => (typeof value === 'string' ? (value.split(/[\\/]/).at(-1) ?? value) : value));
  return new Set(files).size === new Set(values).size ? files : values;
}

const FILE_PATH = 'data.path';

/**
 * Stands between two levels that are set against each other. It is not a minus, which would make a sum of the names.
 */
export const PAIR_WORD = 'vs';

export const pairName = (a: string, b: string): string => `${a} ${PAIR_WORD} ${b}`;

/** How much a name says, from short to long: missing values left out; missing values said; with whole paths. */
const STYLES = ['short', 'whole', 'full'] as const;
type Style = (typeof STYLES)[number];

/** Whether a value needs no label: `relu` does not; a number, a list, a quoted text, true or false does. */
const isWord = (value: LevelValue, text: string): boolean =>
  value === text && /^\p{L}/u.test(text) && text !== 'true' && text !== 'false';

/**
 * The labels of factors: as much of the end of the path as no other factor shares; `optimizer` for `optimizer.name`.
 */
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
