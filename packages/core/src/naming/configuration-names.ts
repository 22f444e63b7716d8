import { LONGEST_NAME } from '../text/name-limit.ts';
import { levelNames } from './level-names.ts';
import { runName } from './run-name.ts';
import type { LevelValue } from './write-value.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Names configurations by what differs between them, the study's own factors first.
 * @param rows the values that each configuration sets
 */
export function configurationNames(
  { factors }: { readonly factors: readonly string[] },
  rows: readonly Values[],
): string[] {
  const paths = [...new Set(rows.flatMap((values) => Object.keys(values)))];
  const by = [...factors.filter((path) => paths.includes(path)), ...paths.filter((path) => !factors.includes(path))];
  return levelNames(
    by,
    rows.map((values) => by.map((path) => (Object.hasOwn(values, path) ? values[path] : undefined) as LevelValue)),
  );
}

/** The recorded name of a run: its configuration's name, shortened if necessary, and its seed. */
export const recordedName = (configuration: string, seed: number): string =>
  runName(configuration, `seed ${seed}`, LONGEST_NAME);
