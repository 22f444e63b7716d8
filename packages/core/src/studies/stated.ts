import { buildConfig } from '../config/assignments.ts';
import { flatten } from '../config/canonical.ts';
import type { Observation } from '../design/observation.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { boundsOf } from '../statistics/metric-traits.ts';
import { summarizeRuns } from '../statistics/replicates.ts';
import { type Interval, pairedTest } from '../statistics/student.ts';
import type { Summary } from '../statistics/summary.ts';
import { reachedBy } from './measured-rows.ts';
import { type RecordedRun, withoutSeed } from './recorded.ts';
import type { TrainingStudy } from './study.ts';

/** A number measured on runs that a sentence states, and the condition under which the sentence holds. */
export interface Stated {
  readonly metric: string;
  /** Its configuration: values at the paths in which it differs from the study's defaults. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The sentence holds for means of at least, or at most, this. */
  readonly least?: number;
  readonly most?: number;
  /** The sentence holds where the mean is below that of this other configuration of the study. */
  readonly below?: Readonly<Record<string, unknown>>;
  /** Whether exponents (log10) are averaged: for numbers that differ by orders of magnitude. */
  readonly byPowers?: boolean;
}

/** A stated number as the recorded runs have it. */
export interface StatedNumber {
  /** Over seeds, without runs that diverged or never got there; over exponents where these are averaged. Null for none. */
  readonly summary: Summary | null;
  /** How many runs diverged or never got there. */
  readonly without: number;
  /** Whether the runs contradict the sentence: the 95% interval lies outside of what it states, or no run has a number. */
  readonly isContradicted: boolean;
}

/**
 * A stated number from the recorded runs; null where its configuration has none. Fewer than three seeds contradict
 * nothing.
 * @param runs those of one plan
 */
export function statedNumber(study: TrainingStudy, runs: readonly RecordedRun[], stated: Stated): StatedNumber | null {
  const all = observedOf(study, runs, stated, stated.values);
  if (all.length === 0) return null;
  const observed = all.filter(({ value }) => Number.isFinite(value));
  const without = all.length - observed.length;
  const { summary } = summarizeRuns(observed, stated.byPowers ? undefined : boundsOf(stated.metric, observed));
  // A sentence with a number is contradicted where no run has one.
  if (!summary) return { summary, without, isContradicted: without >= FEWEST_PAIRS };
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = stated;
  const [low, high] = intervalOf(summary);
  const isOutside = summary.n >= FEWEST_PAIRS && (high < least || low > most);
  return { summary, without, isContradicted: isOutside || isAboveOther(observed, study, runs, stated) };
}

/** Where all seeds have the same value, an interval of width 0. */
const intervalOf = ({ ci95, mean }: Summary): Interval => ci95 ?? [mean, mean];

/** Whether it is above the configuration that it is stated to be below, seed by seed. */
function isAboveOther(
  observed: readonly Observation[],
  study: TrainingStudy,
  runs: readonly RecordedRun[],
  stated: Stated,
): boolean {
  if (!stated.below) return false;
  const others = new Map(
    observedOf(study, runs, stated, stated.below).map(({ params, value }) => [params.seed, value]),
  );
  const differences = observed.flatMap(({ params, value }) => {
    const difference = value - (others.get(params.seed) ?? Number.NaN);
    return Number.isFinite(difference) ? [difference] : [];
  });
  const test = pairedTest(differences);
  if (!test || differences.length < FEWEST_PAIRS) return false;
  return (test.ci95?.[0] ?? test.difference) > 0;
}

function observedOf(
  study: TrainingStudy,
  runs: readonly RecordedRun[],
  { metric, byPowers }: Stated,
  values: Stated['values'],
): Observation[] {
  const wanted = withoutSeed(buildConfig(study.defaults, values));
  return runs.flatMap((run) => {
    const value = run.config && withoutSeed(run.config) === wanted ? reachedBy(run, metric) : null;
    if (!run.config || value === null) return [];
    return [{ params: flatten(run.config), value: byPowers ? Math.log10(value) : value }];
  });
}
