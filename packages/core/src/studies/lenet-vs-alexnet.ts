import { parseConfig } from '../config/assignments.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, type Text } from '../text/text.ts';
import { type Expectation, judge, last, notEnough, summaryOf, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, Scale, StudyRun, TrainingStudy } from './study.ts';
import { crossed } from './variants.ts';

type Values = Readonly<Record<string, unknown>>;

/** From LeNet to a small AlexNet; each rung adds one change to the one before. */
const LADDER = [
  ['LeNet, sigmoid', { 'model.activation': 'sigmoid' }],
  ['LeNet', { 'model.activation': 'tanh' }],
  ['ReLU', { 'model.activation': 'relu' }],
  ['overlapping max pooling', { 'model.pooling': 'max' }],
  ['more filters', { 'model.filters': [12, 32] }],
  ['more layers', { 'model.filters': [12, 32, 32, 32, 32] }], // more than two convolutions are all 3 x 3
  ['dropout', { 'model.dropout': 0.5 }],
  ['augmentation', { 'data.augment': 'shift' }],
] as const;

type Rung = (typeof LADDER)[number][0];
const RUNGS = LADDER.map(([name]) => name);
const RUNG_NAMES_ZH: Readonly<Record<Rung, string>> = {
  'LeNet, sigmoid': 'LeNet（sigmoid）',
  LeNet: 'LeNet',
  ReLU: 'ReLU',
  'overlapping max pooling': '重叠的最大池化',
  'more filters': '更多卷积核',
  'more layers': '更多层',
  dropout: 'dropout',
  augmentation: '数据增强',
};

/** The values of a rung: its change and all those before it. */
const valuesOf = (rung: Rung): Values =>
  Object.assign({}, ...LADDER.slice(0, RUNGS.indexOf(rung) + 1).map(([, change]) => change));

/** The rungs of the ladder: their names, and their values in place of the study's defaults. */
export const ladderRungs = (): { readonly name: Text; readonly values: Values }[] =>
  RUNGS.map((rung) => ({ name: nameOnLadder(rung), values: valuesOf(rung) }));

/** About the same number of steps, 1,250, for each size of the data. */
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
  title: { en: 'LeNet and AlexNet', zh: 'LeNet 与 AlexNet' },
  question: {
    en: 'Which of the changes from LeNet to AlexNet help on handwritten digits, and at which size of the data?',
    zh: '从 LeNet 到 AlexNet 的各项改动中，哪些对手写数字识别有帮助？在多大的数据量下有帮助？',
  },
  defaults: parseConfig({
    study: 'lenet-vs-alexnet',
    seed: 1,
    epochs: 10,
    batchSize: 64,
    data: { name: 'mnist', n: MOST },
    model: { name: 'lenet' },
    optimizer: { name: 'adam', lr: 1e-3 },
  }),
  factors: ['model.activation', 'model.pooling', 'model.filters', 'model.dropout', 'data.augment', 'data.n'],
  course: [],
  measure: { metric: 'testAccuracy' },
  probes: {
    test: evenSteps,
    milestones: [{ key: 'stepsTo95', metric: 'testAccuracy', reaches: 0.95 }],
    cost: true,
  },
  variants: (scale) => crossed(SIZES[scale], RUNGS.map(valuesOf)),
  claims: [
    { text: { en: 'AlexNet does better than LeNet.', zh: 'AlexNet 的性能优于 LeNet。' }, judge: better },
    {
      text: { en: 'ReLU makes LeNet learn faster.', zh: 'ReLU 使 LeNet 学得更快。' },
      judge: ({ runs }) =>
        judge(
          sizesOf(runs).map((n) => ({
            ...between(runs, n, 'LeNet', 'ReLU'),
            key: `${n}.steps`,
            of: {
              en: `steps to a test accuracy of 0.95 with ${n} digits`,
              zh: `用 ${n} 个数字训练时，测试准确率达到 0.95 所需的步数`,
            },
            value: stepsTo95,
          })),
        ),
    },
    {
      text: {
        en: 'Each change from LeNet to AlexNet raises the test accuracy.',
        zh: '从 LeNet 到 AlexNet 的每一项改动都能提高测试准确率。',
      },
      judge: eachChange,
    },
  ],
};

/** Runs that never get there count with all of their steps. */
const stepsTo95 = (run: StudyRun): number => {
  const { epochs, batchSize, 'data.n': n } = run.params;
  const steps = Number(epochs) * Math.ceil(Number(n) / Number(batchSize));
  return Math.min(last('stepsTo95')(run), steps);
};

/** The rung on which a run stands. */
function rungOf({ params }: Pick<StudyRun, 'params'>): Rung | undefined {
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

/** The place of a run on the ladder, and the change made there; undefined for a run on no rung. */
export function rungIn(params: StudyRun['params']): { readonly order: number; readonly name: Text } | undefined {
  const rung = rungOf({ params });
  if (!rung) return undefined;
  return { order: RUNGS.indexOf(rung), name: nameOnLadder(rung) };
}

function nameOnLadder(rung: Rung): Text {
  const { en, zh } = rungName(rung);
  return RUNGS.indexOf(rung) > RUNGS.indexOf('LeNet') ? { en: `+ ${en}`, zh: `+ ${zh}` } : { en, zh };
}

const sizesOf = (runs: readonly StudyRun[]): number[] =>
  [...new Set(runs.map(({ params }) => Number(params['data.n'])))].sort((a, b) => a - b);

const rungName = (rung: string): Text => ({ en: rung, zh: RUNG_NAMES_ZH[rung as Rung] });

/**
 * The difference of two rungs at one size of the data. The paths that make up a rung are one factor; whatever else
 * differs is a confound.
 * @param less the rung that is expected to have the lower values
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
  return { runs: named, by: ['rung'], greater, less, nameOf: rungName };
}

/** The last rung has all changes: it is the small AlexNet itself. */
const wholeName = (rung: string): Text =>
  rung === 'augmentation' ? { en: 'Small AlexNet', zh: '小型 AlexNet' } : rungName(rung);

function better({ runs }: Evidence): Judgement {
  const sizes = sizesOf(runs);
  if (sizes.length === 0) return notEnough({ en: 'sizes of the data', zh: '数据量' }, 0);
  const judged = judge(
    sizes.map((n) => ({
      ...between(runs, n, 'augmentation', 'LeNet'),
      key: `${n}.testAccuracy`,
      nameOf: wholeName,
      of: { en: `test accuracy with ${n} digits`, zh: `用 ${n} 个数字训练时的测试准确率` },
      value: last('testAccuracy'),
    })),
  );
  const lenet = summaryOf(
    where(runs, { 'data.n': sizes.at(-1) as number }).filter((run) => rungOf(run) === 'LeNet'),
    last('testAccuracy'),
  );
  const own: Text[] =
    lenet === null
      ? []
      : [
          {
            en: `LeNet itself reaches ${formatNumber(lenet.mean)} with ${sizes.at(-1)} digits.`,
            zh: `用 ${sizes.at(-1)} 个数字训练时，LeNet 本身达到 ${formatNumber(lenet.mean)}。`,
          },
        ];
  return {
    ...judged,
    verdict: linesOf([judged.verdict, ...own]),
    numbers: { ...judged.numbers, [`${sizes.at(-1)}.LeNet.testAccuracy`]: lenet?.mean ?? null },
  };
}

/** Compares each rung with the one before, over all sizes of the data together. */
function eachChange({ runs }: Evidence): Judgement {
  const sizes = sizesOf(runs);
  if (sizes.length === 0) return notEnough({ en: 'sizes of the data', zh: '数据量' }, 0);
  const steps = RUNGS.slice(1).map((rung, i) => ({ rung, before: RUNGS[i] as Rung }));
  return judge(
    steps.map(({ rung, before }) => ({
      ...between(runs, 0, rung, before),
      runs: sizes.flatMap((n) => between(runs, n, rung, before).runs),
      key: rung,
      of: { en: 'test accuracy over all sizes', zh: '各数据量合在一起的测试准确率' },
      value: last('testAccuracy'),
    })),
  );
}
