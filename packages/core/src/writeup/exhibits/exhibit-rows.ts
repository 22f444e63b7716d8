import { byLevel, type Values } from '../../design/levels.ts';
import { metricOf } from '../../metrics/registry.ts';
import { factorLabels, levelNames } from '../../naming/level-names.ts';
import { LEVEL_SEPARATOR } from '../../naming/write-value.ts';
import type { Level } from '../../statistics/comparison.ts';
import { levelsOf } from '../../statistics/level-results.ts';
import type { Language } from '../../text/text.ts';
import type { Exhibit } from './exhibits.ts';
import { observationsOf, paramsOfRun, type WriteupRun } from './measured-runs.ts';

/** A level with the results of its runs by each metric. */
export interface ExhibitRow {
  readonly name: string;
  /** The part that several paths make up together; null where the exhibit has none. */
  readonly part: string | null;
  /** Its values, in the order of the exhibit's factors. */
  readonly values: Values;
  /** In the order of the metrics; undefined where none of its runs recorded one. */
  readonly results: readonly (Level | undefined)[];
  readonly runs: readonly WriteupRun[];
}

export interface ExhibitRows {
  readonly rows: readonly ExhibitRow[];
  /** The heading of the column of names. */
  readonly head: string;
}

/** The param that stands for a part. It comes first, so that rows of one part are together. */
const PART = 'part';

/** The levels of an exhibit in order, numbers by size, with the statistics of `whorl compare`. */
export function exhibitRows(exhibit: Exhibit, all: readonly WriteupRun[], language: Language): ExhibitRows {
  const { by, metrics, shows = () => true, part, literal = false } = exhibit;
  const parts = new Map<number, string>();
  const shown = all.flatMap((run) => {
    const params = literal ? run.params : paramsOfRun(run);
    if (!shows(params)) return [];
    if (!part) return [{ params, run }];
    const found = part(params);
    if (!found) return [];
    parts.set(found.order, found.name[language]);
    return [{ params: { [PART]: found.order, ...params }, run }];
  });
  const differing = by.filter((path) => new Set(shown.map(({ params }) => params[path])).size > 1);
  const named = part || differing.length > 0 ? differing : by;
  const paths = part ? [PART, ...by] : [...by];
  const levels = byLevel(shown, paths);
  const results = metrics.map((metric) => {
    const observed = new Map(
      observationsOf(
        shown.map(({ run }) => run),
        metric,
      ).map(({ run, value }) => [run.id, value]),
    );
    const byPowers = isByPowers(metric);
    const measured = shown.flatMap(({ params, run }) => {
      const value = observed.get(run.id);
      return value === undefined ? [] : [{ params, value: byPowers ? powerOf(value) : value }];
    });
    const found = levelsOf({ levels: byLevel(measured, paths) }, metric).map(byPowers ? raised : (level) => level);
    return new Map(found.map((level) => [level.level, level]));
  });
  const valuesIn = (values: Values) => by.map((_, i) => values[part ? i + 1 : i]);
  const names = levelNames(
    named,
    levels.map(({ values }) => named.map((path) => valuesIn(values)[by.indexOf(path)])),
  );
  return {
    head: factorLabels(named).join(LEVEL_SEPARATOR),
    rows: levels.map(({ key, values, runs }, i) => {
      const own = part ? (parts.get(Number(values[0])) ?? '') : null;
      const name = named.length > 0 ? (names[i] ?? '') : '';
      return {
        name: [own, name].filter((word) => word !== null && word !== '').join(LEVEL_SEPARATOR),
        part: own,
        values: valuesIn(values),
        results: results.map((levels) => levels.get(key)),
        runs: runs.map(({ run }) => run),
      };
    }),
  };
}

/** Whether a metric spans many powers of ten: its mean is then taken over exponents, as a claim's judge does. */
export const isByPowers = (metric: string): boolean => metricOf(metric)?.metric.byPowers ?? false;

/** The smallest float32 above 0. */
const LEAST = 1e-45;
const powerOf = (value: number): number => Math.log10(Math.max(value, LEAST));

/** A level of exponents turned back into powers: the geometric mean, and the ends of its interval. */
function raised({ summary, ...level }: Level): Level {
  if (!summary) return { ...level, summary };
  const [low, high] = summary.ci95 ?? [Number.NaN, Number.NaN];
  const ci95: [number, number] | null = summary.ci95 && [10 ** low, 10 ** high];
  return { ...level, summary: { n: summary.n, mean: 10 ** summary.mean, sd: null, ci95 } };
}
