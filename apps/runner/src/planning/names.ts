import { type LevelValue, LONGEST_NAME, levelNames, own, runName, type TrainingStudy } from '@whorl/core';

type Values = Readonly<Record<string, unknown>>;

/**
 * What configurations are called beside each other: what differs among them, the factors of their study first.
 * @param rows the values that each sets
 */
export function configurationNames({ factors }: Pick<TrainingStudy, 'factors'>, rows: readonly Values[]): string[] {
  const paths = [...new Set(rows.flatMap((values) => Object.keys(values)))];
  const by = [...factors.filter((path) => paths.includes(path)), ...paths.filter((path) => !factors.includes(path))];
  return levelNames(
    by,
    rows.map((values) => by.map((path) => own(values, path) as LevelValue)),
  );
}

/** The name that a run is recorded by: its configuration's, cut where it is longer than a name may be, and its seed. */
export const recordedName = (configuration: string, seed: number): string =>
  runName(configuration, `seed ${seed}`, LONGEST_NAME);
