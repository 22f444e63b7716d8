import { type Cell, type FieldInfo, parseField } from '@whorl/core';
import { type FactorLevels, type Look, looksBy } from '#src/charts/looks.ts';
import { runCount } from '#src/contract/varying-params.ts';

/** How an experiment's configurations are drawn, in its table and its charts. */
export interface Looks {
  /** The fields that say it, the one that says the colour first. */
  readonly by: readonly string[];
  /** The levels of each of them, by its path. */
  readonly levels: FactorLevels;
  readonly of: (cellOf: (field: string) => Cell | undefined) => Look;
}

/** The fields that say how a run is drawn: what tells configurations apart, or what the study looks at. */
export const lookFields = (factors: readonly string[], ofStudy: readonly string[]): readonly string[] =>
  factors.length > 0 ? factors : ofStudy.slice(0, 1);

/**
 * The looks of an experiment's configurations, by what all of its runs have.
 * @param ofStudy the factors of its study
 * @param factors what its configurations differ in
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
  // What is not told of a configuration is what all runs have.
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
