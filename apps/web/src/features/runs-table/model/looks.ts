import { type Cell, type FieldInfo, parseField } from '@whorl/core';
import { type FactorLevels, type Look, looksBy } from '#src/charts/looks.ts';
import { runCount } from '#src/contract/varying-params.ts';

/** The looks of an experiment's configurations, in its table and charts. */
export interface Looks {
  /** The fields that decide the look, the one for the colour first. */
  readonly by: readonly string[];
  /** The levels of each of them, by its path. */
  readonly levels: FactorLevels;
  readonly of: (cellOf: (field: string) => Cell | undefined) => Look;
}

/** The fields that decide a run's look: those in which configurations differ, else the study's factors. */
export const lookFields = (factors: readonly string[], ofStudy: readonly string[]): readonly string[] =>
  factors.length > 0 ? factors : ofStudy.slice(0, 1);

/**
 * The looks of an experiment's configurations, based on the levels of all of its runs.
 * @param ofStudy the study's factors
 * @param factors in what its configurations differ
 */
export function looksOfFields(
  ofStudy: readonly string[],
  factors: readonly string[],
  infos: readonly FieldInfo[],
): Looks {
  const by = lookFields(factors, ofStudy);
  const total = runCount(infos);
  const paths = new Map(by.map((field) => [pathOf(field), field]));
  const levels = new Map(
    [...paths].map(([path, field]) => {
      const info = infos.find((item) => item.field === field);
      const missing = (info?.runs ?? 0) < total ? [undefined] : [];
      return [path, [...(info?.values ?? []).map((value) => value ?? undefined), ...missing]];
    }),
  );
  const lookOf = looksBy([...paths.keys()], levels);
  // A value that the configuration does not name is the same for all runs.
  const shared = (path: string) => {
    const [level, ...others] = levels.get(path) ?? [];
    return others.length === 0 ? level : undefined;
  };
  return { by, levels, of: (cellOf) => lookOf((path) => cellOf(paths.get(path) ?? '') ?? shared(path)) };
}

/** The config path of a field; the field itself where it is none. */
export function pathOf(field: string): string {
  const parsed = parseField(field);
  return parsed.kind === 'param' ? parsed.key : field;
}
