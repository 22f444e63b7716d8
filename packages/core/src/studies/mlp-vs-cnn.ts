import { parseConfig } from '../config/assignments.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, sameText, type Text } from '../text/text.ts';
import { all, between, type Expectation, isAbove, isBelow, judge, last, notEnough, testOne, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, Scale, StudyRun, TrainingStudy } from './study.ts';
import { combinations, crossed } from './variants.ts';

type Values = Readonly<Record<string, unknown>>;

/** 62,020 weights, where LeNet has 61,706: 784 pixels to 78 units to 10 classes. */
const MLP = { 'model.name': 'mlp', 'model.hidden': [78], 'model.activation': 'relu' } as const;
const CNN = { 'model.name': 'lenet', 'model.activation': 'relu' } as const;

/** About the same number of steps, 640, for each size of the data. After half of them the CNN is not ahead yet. */
const SIZES: Readonly<Record<Scale, readonly Values[]>> = {
  full: [
    { 'data.n': 1000, epochs: 40 },
    { 'data.n': 4000, epochs: 10 },
  ],
  quick: [{ 'data.n': 1000, epochs: 40 }],
};
/** Accuracies that differ by less count as the same. */
const SAME = 0.02;

export const mlpVsCnnStudy: TrainingStudy = {
  id: 'mlp-vs-cnn',
  kind: 'training',
  title: { en: 'MLP against CNN', zh: 'MLP 与 CNN' },
  question: {
    en: 'With as many parameters, why does a convolutional network read digits better, and what if their pixels are permuted?',
    zh: '参数量相同时，卷积网络为什么更会认数字？把像素打乱之后又会怎样？',
  },
  defaults: parseConfig({
    study: 'mlp-vs-cnn',
    seed: 1,
    epochs: 40,
    batchSize: 64,
    data: { name: 'mnist', n: 1000 },
    model: { name: 'mlp', hidden: [78] },
    optimizer: { name: 'adam', lr: 1e-3 },
  }),
  factors: ['model.name', 'data.permuted', 'data.n'],
  course: [],
  measure: { metric: 'testAccuracy' },
  probes: { test: evenSteps, cost: true },
  variants: (scale) => crossed(crossed(SIZES[scale], [MLP, CNN]), [{}, ...combinations({ 'data.permuted': [true] })]),
  claims: [
    {
      text: {
        en: 'With as many parameters a convolutional network reads digits better than an MLP.',
        zh: '参数量相同时，卷积网络比 MLP 更会认数字。',
      },
      judge: ({ runs }) =>
        bySize(runs, (own, n) => ({
          key: `${n}.testAccuracy`,
          of: accuracyWith(n),
          runs: own.filter((run) => !isPermuted(run)),
          value: last('testAccuracy'),
          by: ['model.name'],
          greater: 'lenet',
          less: 'mlp',
          nameOf: networkName,
        })),
    },
    {
      text: {
        en: 'It owes its lead to neighbouring pixels: with permuted pixels the lead is smaller.',
        zh: '它的领先来自相邻的像素：像素打乱后，领先的幅度会变小。',
      },
      judge: ({ runs }) =>
        bySize(runs, (own, n) => ({
          key: `${n}.lead`,
          of: { en: `lead of the CNN in ${accuracyWith(n).en}`, zh: `${accuracyWith(n).zh}上 CNN 领先的幅度` },
          runs: leadsOf(own),
          value: last('lead'),
          by: ['pixels'],
          greater: 'ordered',
          less: 'permuted',
          nameOf: pixelsName,
        })),
    },
    {
      text: {
        en: 'To an MLP the order of the pixels is the same.',
        zh: '对 MLP 来说，像素的顺序无关紧要。',
      },
      judge: sameToMlp,
    },
  ],
};

const isPermuted = ({ params }: StudyRun): boolean => params['data.permuted'] === true;
const pixelsOf = (run: StudyRun): string => (isPermuted(run) ? 'permuted' : 'ordered');

const accuracyWith = (n: number): Text => ({
  en: `test accuracy with ${n} digits`,
  zh: `用 ${n} 个数字训练时的测试准确率`,
});
const networkName = (name: string): Text => sameText(name === 'lenet' ? 'CNN' : 'MLP');
const pixelsName = (pixels: string): Text =>
  pixels === 'permuted' ? { en: 'permuted pixels', zh: '打乱的像素' } : { en: 'pixels in order', zh: '原有顺序的像素' };

const sizesOf = (runs: readonly StudyRun[]): number[] =>
  [...new Set(runs.map(({ params }) => Number(params['data.n'])))].sort((a, b) => a - b);

function bySize(runs: readonly StudyRun[], expect: (own: readonly StudyRun[], n: number) => Expectation): Judgement {
  const sizes = sizesOf(runs);
  if (sizes.length === 0) return notEnough({ en: 'sizes of the data', zh: '数据量' }, 0);
  return judge(sizes.map((n) => expect(where(runs, { 'data.n': n }), n)));
}

/** For each seed and order of the pixels, by how much the CNN's test accuracy is above the MLP's. */
function leadsOf(runs: readonly StudyRun[]): StudyRun[] {
  const accuracy = last('testAccuracy');
  return where(runs, { 'model.name': 'lenet' }).flatMap((cnn) => {
    const mlp = where(runs, { 'model.name': 'mlp', seed: cnn.params.seed ?? 0 }).find(
      (run) => isPermuted(run) === isPermuted(cnn),
    );
    if (!mlp) return [];
    const lead = accuracy(cnn) - accuracy(mlp);
    return [
      {
        params: { seed: cnn.params.seed ?? 0, pixels: pixelsOf(cnn) },
        metrics: { lead: { last: lead, min: lead, max: lead } },
        durationMs: null,
      },
    ];
  });
}

/** Whether permuting the pixels changes an MLP's accuracy by less than {@link SAME}, in either direction. */
function sameToMlp({ runs }: Evidence): Judgement {
  const sizes = sizesOf(runs);
  const tested = sizes.map((n) =>
    testOne({
      key: `${n}.order`,
      of: accuracyWith(n),
      runs: where(runs, { 'data.n': n, 'model.name': 'mlp' }).map((run) => ({
        ...run,
        params: { seed: run.params.seed ?? 0, pixels: pixelsOf(run) },
      })),
      value: last('testAccuracy'),
      by: ['pixels'],
      greater: 'ordered',
      less: 'permuted',
    }),
  );
  const found = tested.flatMap(({ test, nPairs }, i) => {
    if (!test || nPairs < FEWEST_PAIRS) return [];
    const { difference, ci95 } = test;
    return [{ n: sizes[i] as number, difference, ci95: ci95 ?? ([difference, difference] as const) }];
  });
  if (sizes.length === 0 || found.length < sizes.length)
    return notEnough(
      { en: 'seeds of the MLP with both orders', zh: 'MLP 两种像素顺序都有的种子' },
      Math.min(...tested.map(({ nPairs }) => nPairs), runs.length),
    );
  return {
    supported: all(found.flatMap(({ ci95 }) => [isAbove(ci95, -SAME), isBelow(ci95, SAME)])),
    verdict: linesOf(
      found.map(({ n, difference, ci95 }) => ({
        en: `Pixels in order against permuted: ${accuracyWith(n).en} of the MLP ${formatNumber(difference)} ${between(ci95)}; within ${SAME} was to be shown.`,
        zh: `原有顺序与打乱的像素相比：${accuracyWith(n).zh}（MLP）相差 ${formatNumber(difference)} ${between(ci95)}；要求不超过 ${SAME}。`,
      })),
    ),
    numbers: Object.fromEntries(found.map(({ n, difference }) => [`${n}.order`, difference])),
  };
}
