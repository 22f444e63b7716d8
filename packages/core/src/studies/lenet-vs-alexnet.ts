import { parseConfig } from '../config/assignments.ts';
import { formatNumber } from '../format-number.ts';
import { FACTORS } from './factors.ts';
import { type Expectation, judge, last, notEnough, summaryOf, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, Scale, StudyRun, TrainingStudy } from './study.ts';
import { crossed } from './variants.ts';

type Values = Readonly<Record<string, unknown>>;

/** From LeNet to a small AlexNet, each rung with one change more than the one before. */
const LADDER = [
  ['LeNet, sigmoid', { 'model.activation': 'sigmoid' }],
  ['LeNet', { 'model.activation': 'tanh' }],
  ['ReLU', { 'model.activation': 'relu' }],
  ['overlapping max pooling', { 'model.pooling': 'max' }],
  ['more filters', { 'model.filters': [12, 32] }],
  ['more layers', { 'model.filters': [12, 32, 32, 32, 32] }], // the builder makes more than two of them 3 x 3
  ['dropout', { 'model.dropout': 0.5 }],
  ['augmentation', { 'data.augment': 'shift' }],
] as const;

type Rung = (typeof LADDER)[number][0];
const RUNGS = LADDER.map(([name]) => name);

/** The values of each rung: all changes up to it. */
const valuesOf = (rung: Rung): Values =>
  Object.assign({}, ...LADDER.slice(0, RUNGS.indexOf(rung) + 1).map(([, change]) => change));

/** About as many steps at each size of the data: 1,250. */
const SIZES: Readonly<Record<Scale, readonly Values[]>> = {
  full: [
    { 'data.n': 500, epochs: 160 },
    { 'data.n': 2000, epochs: 40 },
    { 'data.n': 8000, epochs: 10 },
  ],
  quick: [{ 'data.n': 2000, epochs: 20 }],
};
const MOST = 8000;

export const lenetVsAlexnetStudy: TrainingStudy = {
  id: 'lenet-vs-alexnet',
  kind: 'training',
  title: 'LeNet and AlexNet',
  question: 'Which of the changes from LeNet to AlexNet help on handwritten digits, and at which size of the data?',
  defaults: parseConfig({
    study: 'lenet-vs-alexnet',
    seed: 1,
    epochs: 10,
    batchSize: 64,
    data: { name: 'mnist', n: MOST },
    model: { name: 'lenet' },
    optimizer: { name: 'adam', lr: 1e-3 },
  }),
  factors: FACTORS['lenet-vs-alexnet'],
  course: [],
  probes: {
    test: evenSteps,
    milestones: [{ key: 'stepsTo95', metric: 'testAccuracy', reaches: 0.95 }],
    cost: true,
  },
  variants: (scale) => crossed(SIZES[scale], RUNGS.map(valuesOf)),
  claims: [
    { text: 'AlexNet does better than LeNet.', judge: better },
    {
      text: 'ReLU makes LeNet learn faster.',
      judge: ({ runs }) =>
        judge(
          sizesOf(runs).map((n) => ({
            ...between(runs, n, 'LeNet', 'ReLU'),
            key: `${n}.steps`,
            of: `steps to a test accuracy of 0.95 with ${n} digits`,
            value: stepsTo95,
          })),
        ),
    },
    { text: 'Each change from LeNet to AlexNet raises the test accuracy.', judge: eachChange },
  ],
};

/** Those that never get there count as the whole run. */
const stepsTo95 = (run: StudyRun): number => {
  const { epochs, batchSize, 'data.n': n } = run.params;
  const steps = Number(epochs) * Math.ceil(Number(n) / Number(batchSize));
  return Math.min(last('stepsTo95')(run), steps);
};

/** The rung that a run stands on. */
function rungOf({ params }: StudyRun): Rung | undefined {
  const start: Values = {
    'model.pooling': 'average',
    'model.filters': [6, 16],
    'model.dropout': 0,
    'data.augment': 'none',
  };
  return RUNGS.find((rung) =>
    Object.entries({ ...start, ...valuesOf(rung) }).every(([path, value]) =>
      Array.isArray(value) ? params[path] === JSON.stringify(value) : params[path] === value,
    ),
  );
}

const sizesOf = (runs: readonly StudyRun[]): number[] =>
  [...new Set(runs.map(({ params }) => Number(params['data.n'])))].sort((a, b) => a - b);

/**
 * Two rungs at a size of the data. The paths that make the rung are one factor then; what else differs confounds it.
 * @param less the rung that is expected to have less of what is compared
 */
function between(
  runs: readonly StudyRun[],
  n: number,
  greater: Rung,
  less: Rung,
): Omit<Expectation, 'key' | 'of' | 'value'> {
  const paths = new Set<string>(LADDER.flatMap(([, change]) => Object.keys(change)));
  const named = where(runs, { 'data.n': n }).flatMap((run) => {
    const rung = rungOf(run);
    if (!rung) return [];
    const params = Object.fromEntries(Object.entries(run.params).filter(([path]) => !paths.has(path)));
    return [{ ...run, params: { ...params, rung } }];
  });
  return { runs: named, by: ['rung'], greater, less };
}

function better({ runs }: Evidence): Judgement {
  const sizes = sizesOf(runs);
  if (sizes.length === 0) return notEnough('sizes of the data', 0);
  const judged = judge(
    sizes.map((n) => ({
      ...between(runs, n, 'augmentation', 'LeNet'),
      key: `${n}.testAccuracy`,
      of: `test accuracy with ${n} digits`,
      value: last('testAccuracy'),
    })),
  );
  const lenet = summaryOf(
    where(runs, { 'data.n': sizes.at(-1) as number }).filter((run) => rungOf(run) === 'LeNet'),
    last('testAccuracy'),
  );
  const least = lenet === null ? '' : `\nLeNet itself reaches ${formatNumber(lenet.mean)} with ${sizes.at(-1)} digits.`;
  return {
    ...judged,
    verdict: `${judged.verdict.replaceAll('augmentation against', 'Small AlexNet against')}${least}`,
    numbers: { ...judged.numbers, [`${sizes.at(-1)}.LeNet.testAccuracy`]: lenet?.mean ?? null },
  };
}

/** Each rung against the one before, over all sizes of the data together. */
function eachChange({ runs }: Evidence): Judgement {
  const sizes = sizesOf(runs);
  if (sizes.length === 0) return notEnough('sizes of the data', 0);
  const steps = RUNGS.slice(1).map((rung, i) => ({ rung, before: RUNGS[i] as Rung }));
  return judge(
    steps.map(({ rung, before }) => ({
      ...between(runs, 0, rung, before),
      runs: sizes.flatMap((n) => between(runs, n, rung, before).runs),
      key: rung,
      of: 'test accuracy over all sizes',
      value: last('testAccuracy'),
    })),
  );
}
