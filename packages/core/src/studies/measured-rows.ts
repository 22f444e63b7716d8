import { buildConfig } from '../config/assignments.ts';
import { flatten, type ParamValue } from '../config/canonical.ts';
import { designOf } from '../design/design.ts';
import type { Observation } from '../design/observation.ts';
import { hasDiverged, resultOf } from '../metrics/diverged.ts';
import { goalOf } from '../metrics/goal.ts';
import { levelNames } from '../naming/level-names.ts';
import type { Level } from '../statistics/comparison.ts';
import { levelsOf } from '../statistics/level-results.ts';
import { type RecordedRun, withoutSeed } from './recorded.ts';
import type { TrainingStudy } from './study.ts';

/** A configuration of a study, and its result by the study's measure, as in a comparison. */
export interface MeasuredRow extends Pick<Level, 'summary' | 'runs' | 'diverged' | 'never'> {
  /** Its name beside the other configurations. */
  readonly label: string;
  /** Its values of the study's factors; null where it lacks the path. */
  readonly values: readonly (ParamValue | null)[];
  /** The figure that the course reports for it. */
  readonly reported: number | null;
}

interface Observed extends Observation {
  readonly configuration: string;
}

/** What old runs recorded in place of measures on all training rows: the figures of their last batch. */
const OF_BATCH: Readonly<Record<string, string>> = { trainAccuracy: 'accuracy', trainLoss: 'loss' };

/**
 * The result of a run by a metric, as a comparison counts it: NaN where it diverged. Null where it has no such value.
 */
export function reachedBy({ metrics }: Pick<RecordedRun, 'metrics'>, key: string): number | null {
  const last = (one: string) => metrics.find((metric) => metric.key === one)?.last;
  const value = last(key) ?? last(OF_BATCH[key] ?? '');
  return value === undefined ? null : resultOf(key, value, hasDiverged(last));
}

/**
 * The configurations that a study's page shows: the course's first, then the others. Of configurations that differ only
 * in the searched path, the one with the best mean stands for all.
 * @param runs those of one plan (`evidenceAmong`)
 */
export function measuredRows(study: TrainingStudy, runs: readonly RecordedRun[]): MeasuredRow[] {
  const { factors, measure } = study;
  const observed = runs.flatMap((run): Observed[] => {
    const value = reachedBy(run, measure.metric);
    if (!run.config || value === null) return [];
    return [{ params: flatten(run.config), value, configuration: withoutSeed(run.config) }];
  });
  const design = designOf(
    observed.filter(({ params }) => measure.among?.has(params) ?? true),
    factors,
  );
  if (design.levels.length === 0) return [];
  const found = levelsOf(design, measure.metric).map(
    (level, i): Found => ({
      ...level,
      values: level.values.map((value) => value ?? null),
      configuration: design.levels[i]?.runs[0]?.configuration ?? '',
    }),
  );
  const claimed = study.course.map(({ values, reported }) => {
    const config = buildConfig(study.defaults, values);
    const own = found.find(({ configuration }) => configuration === withoutSeed(config));
    const params = flatten(config);
    return { ...(own ?? { ...NOT_RUN, values: factors.map((path) => params[path] ?? null) }), reported };
  });
  const others = bestOfSearch(found, factors.indexOf(measure.searched ?? ''), measure.metric).filter(
    ({ configuration }) => claimed.every((row) => !('configuration' in row) || row.configuration !== configuration),
  );
  const rows = [...claimed, ...others.map((row) => ({ ...row, reported: null }))];
  const names = levelNames(
    factors,
    rows.map(({ values }) => values),
  );
  return rows.map(({ values, summary, runs, diverged, never = 0, reported }, i) => ({
    ...{ label: names[i] ?? '', values, summary, runs, diverged, never, reported },
  }));
}

interface Found extends Omit<Level, 'values'> {
  readonly values: readonly (ParamValue | null)[];
  readonly configuration: string;
}

const NOT_RUN = { summary: null, runs: 0, diverged: 0, never: 0 } as const;

/** @param searched the place of the searched path among the factors; -1 for none */
function bestOfSearch(levels: readonly Found[], searched: number, metric: string): Found[] {
  if (searched < 0) return [...levels];
  const sign = goalOf(metric) === 'lowest' ? 1 : -1;
  // A level with a diverged run is worse than any without one.
  const cost = ({ summary, diverged }: Found) =>
    summary === null || diverged > 0 ? Number.POSITIVE_INFINITY : sign * summary.mean;
  const best = new Map<string, Found>();
  for (const level of levels) {
    const key = JSON.stringify(level.values.filter((_, i) => i !== searched));
    const before = best.get(key);
    if (!before || cost(level) < cost(before)) best.set(key, level);
  }
  return [...best.values()];
}
