import type { ParamValue } from '../config/canonical.ts';
import { designOf } from '../design/design.ts';
import { levelOf } from '../design/levels.ts';
import type { Observation } from '../design/observation.ts';
import { own } from '../design/own.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { differenceFormat, formatInterval, formatPSentence, formatSigned } from '../statistics/format-statistics.ts';
import { boundsOf } from '../statistics/metric-traits.ts';
import { pairsNeeded } from '../statistics/power.ts';
import { ALPHA, type Interval, type PairedTest, pairedTest } from '../statistics/student.ts';
import { type Summary, summarize } from '../statistics/summary.ts';
import { formatNumber, numberFormat } from '../text/format-number.ts';
import { linesOf, sameText, type Text } from '../text/text.ts';
import type { Judgement, StudyRun } from './study.ts';

// What the judges of claims share. An expectation is about means over seeds: where runs differ in more than the two
// levels (other depths, other rates), the runs of a seed at a level make one value, because they share their data.

type Where = Readonly<Record<string, ParamValue>>;

/** The runs whose params have these values. */
export const where = (runs: readonly StudyRun[], values: Where): StudyRun[] =>
  runs.filter(({ params }) => Object.entries(values).every(([path, value]) => own(params, path) === value));

/** Gives the last value of the first of these metrics that a run has; NaN where it has none. */
export const last =
  (...keys: readonly string[]) =>
  ({ metrics }: StudyRun): number =>
    keys.map((key) => own(metrics, key)).find((metric) => metric !== undefined)?.last ?? Number.NaN;

// Measured on all training rows; older runs only have the figure of their last batch.
export const trainingAccuracy = last('trainAccuracy', 'accuracy');
export const trainingLoss = last('trainLoss', 'loss');

/** The expectation that one level's values are greater than another's. */
export interface Expectation {
  /** The key under which its numbers are recorded in the evidence. */
  readonly key: string;
  /** What the difference is of, in words: `accuracy`. */
  readonly of: Text;
  readonly runs: readonly StudyRun[];
  readonly value: (run: StudyRun) => number;
  readonly by: readonly string[];
  readonly greater: string;
  readonly less: string;
  /** The name of a level, where it is not the level's own text. */
  readonly nameOf?: (level: string) => Text;
  /** The least difference that meets the expectation; left out: any above 0. */
  readonly atLeast?: number;
}

/** An expectation and what the runs say of it. */
export interface Tested {
  readonly expectation: Expectation;
  /** Seeds that have a finite value at both levels. */
  readonly nPairs: number;
  /** The test of greater - less; null for fewer than two pairs. */
  readonly test: PairedTest | null;
  /** Two-sided, of the difference against the least one that is expected. */
  readonly p: number | null;
  /** Other paths in which the levels differ. */
  readonly confounds: readonly string[];
}

/**
 * Tests an expectation. A claim needs all of its expectations, and all being shown by chance is less likely than any
 * one being so: no correction is needed (intersection-union test, Berger 1982).
 */
export function testOne(expectation: Expectation): Tested {
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
    confounds: designOf(observations, by).confounds,
  };
}

type Means = ReadonlyMap<ParamValue, number>;

/** The mean of each seed's values at a level; a seed with a value that is not finite has no mean. */
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

/** Whether an expectation is met: false where the interval excludes it, null where the runs cannot tell. */
export function isMet({ expectation: { atLeast = 0 }, nPairs, test, p, confounds }: Tested): boolean | null {
  if (confounds.length > 0 || nPairs < FEWEST_PAIRS || !test || p === null) return null;
  return p < ALPHA ? test.difference > atLeast : null;
}

/** True where the interval of a mean lies above a bound, false where it lies below, null where it holds the bound. */
export function isAbove([low, high]: Interval, bound: number): boolean | null {
  if (low > bound) return true;
  return high < bound ? false : null;
}

/** The same for below a bound. */
export const isBelow = ([low, high]: Interval, bound: number): boolean | null => isAbove([-high, -low], -bound);

/** Judges a claim by several expectations: shown where all are met, refuted where one is refuted. */
export function judge(expectations: readonly Expectation[]): Judgement {
  if (expectations.length === 0) return notEnough({ en: 'levels to compare', zh: '可比较的水平' }, 0);
  const tested = expectations.map(testOne);
  return {
    supported: all(tested.map(isMet)),
    verdict: linesOf(tested.map(sentence)),
    numbers: Object.assign({}, ...tested.map(numbersOf)),
  };
}

/** False where any answer is; else null where any is null, or there are none; else true. */
export function all(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.length === 0 || answers.includes(null) ? null : true;
}

function numbersOf({ expectation: { key }, nPairs, test, p }: Tested): Record<string, number | null> {
  return {
    [`${key}.difference`]: test?.difference ?? null,
    [`${key}.low`]: test?.ci95?.[0] ?? null,
    [`${key}.high`]: test?.ci95?.[1] ?? null,
    [`${key}.effectSize`]: test?.effectSize ?? null,
    [`${key}.p`]: p,
    [`${key}.n`]: nPairs,
  };
}

/** `relu against linear: accuracy +0.0120 [0.0080, 0.0160], p = 0.0030.` and what stands in the way of an answer. */
function sentence(tested: Tested): Text {
  const { expectation, nPairs, test, p, confounds } = tested;
  const { of, greater, less, nameOf = sameText, atLeast = 0 } = expectation;
  const [more, fewer] = [nameOf(greater), nameOf(less)];
  const pair = { en: `${more.en} against ${fewer.en}`, zh: closedUp(`${more.zh} 与 ${fewer.zh} 相比`) };
  if (confounds.length > 0) {
    return {
      en: `${pair.en}: confounded, ${confounds.join(' and ')} differ as well.`,
      zh: `${pair.zh}：存在混杂，${confounds.join('、')} 也不同。`,
    };
  }
  if (nPairs < FEWEST_PAIRS || !test || p === null) {
    return {
      en: `${pair.en}: not enough runs, ${nPairs} of at least ${FEWEST_PAIRS} seeds have ${of.en} at both.`,
      zh: `${pair.zh}：运行不够，两边都有“${of.zh}”的种子至少需要 ${FEWEST_PAIRS} 个，现有 ${nPairs} 个。`,
    };
  }
  const value = measuredText(tested, test);
  const found = formatPSentence(p);
  const least = formatNumber(atLeast);
  const goal = atLeast > 0 ? { en: ` (${least} was to be shown)`, zh: `（要求至少 ${least}）` } : sameText('');
  const open = undecided(tested);
  return {
    en: `${pair.en}: ${value.en}${goal.en}, ${found}${open.en}.`,
    zh: `${pair.zh}：${value.zh}${goal.zh}，${found}${open.zh}。`,
  };
}

/** The difference with its interval; where every seed says the same, that it does: there is no interval then. */
function measuredText({ expectation: { of }, nPairs }: Tested, test: PairedTest): Text {
  const format = differenceFormat([test]);
  const difference = formatSigned(test.difference, format);
  if (test.ci95) {
    const interval = formatInterval(test.ci95, format);
    return { en: `${of.en} ${difference} ${interval}`, zh: `${of.zh} ${difference} ${interval}` };
  }
  if (test.difference === 0) {
    return {
      en: `the same ${of.en} at both with each of ${nPairs} seeds`,
      zh: `${nPairs} 个种子上，${of.zh}在两边都相同`,
    };
  }
  return {
    en: `${of.en} ${difference} with each of ${nPairs} seeds`,
    zh: `${of.zh} ${difference}，${nPairs} 个种子上都如此`,
  };
}

/** Removes the blanks between Chinese characters that filled-in names leave: names are Latin or Chinese. */
const closedUp = (text: string): string => text.replace(/(?<=[\p{Script=Han}）]) (?=\p{Script=Han})/gu, '');

/** For an undecided expectation: how many seeds would show a difference of this size. */
function undecided({ expectation: { atLeast = 0 }, test, p }: Tested): Text {
  if (!test || p === null || p < ALPHA || atLeast !== 0 || !test.effectSize) return sameText('');
  const needed = pairsNeeded(test.effectSize, ALPHA);
  if (needed === null) return { en: ', not distinguishable', zh: '，差异不显著' };
  return {
    en: `, not distinguishable: about ${needed} seeds show as much in 80% of the cases`,
    zh: `，差异不显著：大约需要 ${needed} 个种子，才有 80% 的把握显示这么大的差异`,
  };
}

export const signed = (value: number): string => formatSigned(value);
export const between = (ends: Interval): string => formatInterval(ends, numberFormat(ends));

/**
 * Mean and interval over the runs; null for fewer than {@link FEWEST_PAIRS} of them, or where a value is not finite.
 * @param metric the metric whose values these are: the interval of a share is bounded, as in a comparison
 */
export function summaryOf(
  runs: readonly StudyRun[],
  value: (run: StudyRun) => number,
  metric = '',
): (Summary & { ci95: Interval }) | null {
  const values = runs.map(value);
  if (values.length < FEWEST_PAIRS || !values.every(Number.isFinite)) return null;
  const { ci95, ...rest } = summarize(
    values,
    0,
    boundsOf(
      metric,
      values.map((value) => ({ value })),
    ),
  );
  return { ...rest, ci95: ci95 ?? [rest.mean, rest.mean] };
}

/** @param of what is counted: `seeds of ReLU at depth 20` */
export const notEnough = (of: Text, found: number): Judgement => ({
  supported: null,
  verdict: {
    en: `Not enough runs: ${found} of at least ${FEWEST_PAIRS} ${of.en}.`,
    zh: `运行不够：${of.zh}至少需要 ${FEWEST_PAIRS} 个，现有 ${found} 个。`,
  },
  numbers: { n: found },
});
