import type { ParamValue } from '../config/canonical.ts';
import { formatNumber } from '../format-number.ts';
import { FEWEST_PAIRS } from '../statistics/comparison.ts';
import { confoundsOf, levelOf, type Observation } from '../statistics/design.ts';
import { holm, type Interval, type PairedTest, pairedTest, pairsNeeded } from '../statistics/student.ts';
import { type Summary, summarize } from '../statistics/summary.ts';
import type { Judgement, StudyRun } from './study.ts';

// What judges of claims share. An expectation is about the mean over seeds: where runs differ in more than the two levels
// (other depths, other rates), a seed's runs of a level are one value, because they share their data.

const ALPHA = 0.05;

type Where = Readonly<Record<string, ParamValue>>;

/** Runs whose params have these values. */
export const where = (runs: readonly StudyRun[], values: Where): StudyRun[] =>
  runs.filter(({ params }) => Object.entries(values).every(([path, value]) => params[path] === value));

/** The last value of a metric; NaN where the run has none. */
export const last =
  (metric: string) =>
  ({ metrics }: StudyRun): number =>
    metrics[metric]?.last ?? Number.NaN;

/** That one level's values are greater than another's. */
export interface Expectation {
  /** What its numbers are called. */
  readonly key: string;
  /** What the difference is of, for people: `accuracy`. */
  readonly of: string;
  readonly runs: readonly StudyRun[];
  readonly value: (run: StudyRun) => number;
  readonly by: readonly string[];
  readonly greater: string;
  readonly less: string;
  /** The difference must be at least this, not merely above 0. */
  readonly atLeast?: number;
}

/** An expectation beside what the runs say. */
export interface Tested {
  readonly expectation: Expectation;
  /** Seeds that have a finite value at both levels. */
  readonly nPairs: number;
  /** Of greater - less, null for fewer than two pairs. */
  readonly test: PairedTest | null;
  /** Holm-corrected over the expectations that were tested together. */
  readonly p: number | null;
  /** How many expectations were tested together. */
  readonly tests: number;
  /** Paths that differ between the levels, too. */
  readonly confounds: readonly string[];
}

/** Tests expectations together. */
export function testAll(expectations: readonly Expectation[]): Tested[] {
  const tested = expectations.map((expectation) => {
    const { runs, value, by, greater, less, atLeast = 0 } = expectation;
    const observations = runs
      .map((run): Observation => ({ params: run.params, value: value(run) }))
      .filter((observation) => [greater, less].includes(levelOf(observation, by)));
    const [above, below] = [greater, less].map((level) => seedMeans(observations, by, level)) as [Means, Means];
    const differences = [...above].flatMap(([seed, mean]) => {
      const other = below.get(seed);
      return other === undefined ? [] : [mean - other];
    });
    return {
      expectation,
      nPairs: differences.length,
      test: pairedTest(differences),
      p: pairedTest(differences.map((difference) => difference - atLeast))?.p ?? null,
      confounds: confoundsOf(observations, by),
    };
  });
  const withP = tested.filter(({ p }) => p !== null);
  const corrected = holm(withP.map(({ p }) => p as number));
  return tested.map((one) => ({ ...one, p: corrected[withP.indexOf(one)] ?? null, tests: withP.length }));
}

type Means = ReadonlyMap<ParamValue, number>;

/** The mean of each seed's values at a level; a seed that has a value that is not finite has no mean. */
function seedMeans(observations: readonly Observation[], by: readonly string[], level: string): Means {
  const values = new Map<ParamValue, number[]>();
  for (const observation of observations) {
    if (levelOf(observation, by) !== level) continue;
    const { seed = 0 } = observation.params;
    values.set(seed, [...(values.get(seed) ?? []), observation.value]);
  }
  return new Map(
    [...values].flatMap(([seed, of]) => (of.every(Number.isFinite) ? [[seed, summarize(of).mean] as const] : [])),
  );
}

/** Whether an expectation is met; null where the runs cannot say. */
export function isMet({ expectation: { atLeast = 0 }, nPairs, test, p, confounds }: Tested): boolean | null {
  if (confounds.length > 0 || nPairs < FEWEST_PAIRS || !test || p === null) return null;
  return test.difference > atLeast && p < ALPHA;
}

/** A claim that is supported where all of these are met. */
export function judge(expectations: readonly Expectation[]): Judgement {
  if (expectations.length === 0) return notEnough('levels to compare', 0);
  const tested = testAll(expectations);
  return {
    supported: all(tested.map(isMet)),
    verdict: tested.map(sentence).join('\n'),
    numbers: Object.assign({}, ...tested.map(numbersOf)),
  };
}

/** False where any is; else null where any is, or there is none; else true. */
export function all(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.length === 0 || answers.includes(null) ? null : true;
}

function numbersOf({ expectation: { key }, nPairs, test, p }: Tested): Record<string, number | null> {
  return {
    [`${key}.difference`]: test?.difference ?? null,
    [`${key}.low`]: test?.ci95[0] ?? null,
    [`${key}.high`]: test?.ci95[1] ?? null,
    [`${key}.effectSize`]: test?.effectSize ?? null,
    [`${key}.p`]: p,
    [`${key}.n`]: nPairs,
  };
}

/** `relu against linear: accuracy +0.0120 [0.0080, 0.0160], p 0.0030.` and what keeps it from being an answer. */
function sentence(tested: Tested): string {
  const { expectation, nPairs, test, p, confounds } = tested;
  const { of, greater, less, atLeast = 0 } = expectation;
  const pair = `${greater} against ${less}`;
  if (confounds.length > 0) return `${pair}: confounded, ${confounds.join(' and ')} differ as well.`;
  if (nPairs < FEWEST_PAIRS || !test || p === null) {
    return `${pair}: not enough runs, ${nPairs} of at least ${FEWEST_PAIRS} seeds have ${of} at both.`;
  }
  const goal = atLeast > 0 ? ` (${formatNumber(atLeast)} was to be shown)` : '';
  return `${pair}: ${of} ${signed(test.difference)} ${between(test.ci95)}${goal}, p ${formatNumber(p)}${undecided(tested)}.`;
}

/** Where neither sign of the difference is shown: how many seeds would show one of this size. */
function undecided({ expectation: { atLeast = 0 }, test, p, tests }: Tested): string {
  if (!test || p === null || p < ALPHA || atLeast !== 0 || !test.effectSize) return '';
  const needed = pairsNeeded(test.effectSize, ALPHA / tests);
  return needed === null ? ', not distinguishable' : `, not distinguishable: about ${needed} seeds would show as much`;
}

export const signed = (value: number): string => `${value >= 0 ? '+' : ''}${formatNumber(value)}`;
export const between = ([low, high]: Interval): string => `[${formatNumber(low)}, ${formatNumber(high)}]`;

/** Mean and interval over the runs; null for fewer than {@link FEWEST_PAIRS} of them, or where a value is not finite. */
export function summaryOf(
  runs: readonly StudyRun[],
  value: (run: StudyRun) => number,
): (Summary & { ci95: Interval }) | null {
  const values = runs.map(value);
  if (values.length < FEWEST_PAIRS || !values.every(Number.isFinite)) return null;
  return summarize(values) as Summary & { ci95: Interval };
}

export const notEnough = (of: string, found: number): Judgement => ({
  supported: null,
  verdict: `Not enough runs: ${found} of at least ${FEWEST_PAIRS} ${of}.`,
  numbers: { n: found },
});
