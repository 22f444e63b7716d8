import { parseConfig } from '../config/assignments.ts';
import type { Text } from '../text/text.ts';
import { judge, last, trainingAccuracy, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations, crossed } from './variants.ts';

const FEATURES = 2;
const CLASSES = 2;

/** The number of weights and biases of an mlp with hidden layers of one width. */
const parametersOf = (depth: number, width: number): number =>
  (FEATURES + 1) * width + (depth - 1) * (width + 1) * width + (width + 1) * CLASSES;

/** The number of parameters that all shapes are to have: whole widths at the other depths come close to it. */
const TARGET = parametersOf(8, 24);

/** Hidden layers of this depth whose parameters come nearest to the target: within 2% of it. */
export function shapeOf(depth: number): number[] {
  const off = (width: number) => Math.abs(parametersOf(depth, width) - TARGET);
  let width = 1;
  while (off(width + 1) <= off(width)) width += 1;
  return new Array<number>(depth).fill(width);
}

const DATA = ['moons', 'circles', 'checkerboard'] as const;
const DEPTHS = { full: [1, 2, 4, 8], quick: [1, 8] } as const;
const [WIDE, DEEP] = [JSON.stringify(shapeOf(1)), JSON.stringify(shapeOf(8))];

export const widthVsDepthStudy: TrainingStudy = {
  id: 'width-vs-depth',
  kind: 'training',
  title: { en: 'Wider or deeper', zh: '更宽还是更深' },
  question: {
    en: 'With the same number of parameters, is one wide layer better or several narrow ones?',
    zh: '参数量相同时，一个宽层更好，还是几个窄层更好？',
  },
  defaults: parseConfig({
    study: 'width-vs-depth',
    seed: 1,
    epochs: 1000,
    batchSize: 'full',
    data: { name: 'checkerboard', n: 200, noise: 0.05 }, // few and noisy points: something to overfit
    model: { name: 'mlp', hidden: shapeOf(1) },
    optimizer: { name: 'adam', lr: 3e-3 },
  }),
  factors: ['model.hidden', 'model.block', 'data.name'],
  course: [],
  measure: { metric: 'testAccuracy', pictures: ['gradients'] },
  probes: {
    layers: true,
    test: evenSteps,
    milestones: [{ key: 'stepsTo90', metric: 'accuracy', reaches: 0.9 }],
    cost: true,
  },
  variants: (scale) =>
    crossed(
      [
        { 'data.name': 'moons', 'data.n': 100, 'data.noise': 0.3 },
        { 'data.name': 'circles', 'data.n': 100, 'data.noise': 0.2 },
        { 'data.name': 'checkerboard', 'data.n': 200, 'data.noise': 0.05 },
      ],
      combinations({ 'model.hidden': DEPTHS[scale].map(shapeOf), 'model.block': ['plain', 'residual'] }),
    ),
  claims: [
    {
      text: {
        en: 'Wider networks avoid overfitting: with as many parameters the gap between training and test accuracy is smaller.',
        zh: '更宽的网络不易过拟合：参数量相同时，训练准确率与测试准确率之差更小。',
      },
      judge: (evidence) =>
        onEachDataSet(
          evidence,
          'gap',
          { en: 'gap between training and test accuracy', zh: '训练准确率与测试准确率之差' },
          gap,
        ),
    },
    {
      text: { en: 'Deeper networks generalise better.', zh: '更深的网络泛化能力更好。' },
      judge: (evidence) =>
        onEachDataSet(evidence, 'testAccuracy', { en: 'test accuracy', zh: '测试准确率' }, last('testAccuracy')),
    },
    {
      text: {
        en: 'Gradients flow better through deeper networks, which eases vanishing gradients.',
        zh: '梯度在更深的网络中传得更顺畅，从而减轻梯度消失。',
      },
      judge: (evidence) =>
        onEachDataSet(
          evidence,
          'gradientRatio',
          { en: 'log10 of the first/last gradient ratio', zh: '首末层梯度之比的 log10' },
          logRatio,
        ),
    },
  ],
};

const gap = (run: StudyRun): number => trainingAccuracy(run) - last('testAccuracy')(run);
const logRatio = (run: StudyRun): number => Math.log10(last('initialGradientRatio')(run));

/**
 * Whether on each data set the deep network has more of something than the wide one. Plain networks only: a residual
 * connection needs two layers of the same width.
 */
function onEachDataSet({ runs }: Evidence, key: string, of: Text, value: (run: StudyRun) => number): Judgement {
  const plain = where(runs, { 'model.block': 'plain' });
  return judge(
    DATA.map((data) => ({
      key: `${data}.${key}`,
      of: { en: `${of.en} on ${data}`, zh: `${data} 上的${of.zh}` },
      runs: where(plain, { 'data.name': data }),
      value,
      by: ['model.hidden'],
      greater: DEEP,
      less: WIDE,
      nameOf: shapeName,
    })),
  );
}

/** `8 layers of 24` */
function shapeName(hidden: string): Text {
  const shape = JSON.parse(hidden) as number[];
  return {
    en: `${shape.length} ${shape.length === 1 ? 'layer' : 'layers'} of ${shape[0]}`,
    zh: `${shape.length} 层、每层 ${shape[0]} 个单元`,
  };
}
