import { parseConfig } from '../config/assignments.ts';
import { FACTORS } from './factors.ts';
import { judge, last, where } from './judging.ts';
import { evenSteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations, crossed } from './variants.ts';

const FEATURES = 2;
const CLASSES = 2;

/** Weights and biases of an mlp with hidden layers of one width. */
const parametersOf = (depth: number, width: number): number =>
  (FEATURES + 1) * width + (depth - 1) * (width + 1) * width + (width + 1) * CLASSES;

/** The widest shape of this depth has few enough parameters; the others come as close to it as whole widths can. */
const TARGET = parametersOf(8, 24);

/** The hidden layers of that depth whose parameters are nearest to the target: within 2% of it. */
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
  title: 'Wider or deeper',
  question: 'With the same number of parameters, is one wide layer better or several narrow ones?',
  defaults: parseConfig({
    study: 'width-vs-depth',
    seed: 1,
    epochs: 1000,
    batchSize: 'full',
    data: { name: 'checkerboard', n: 200, noise: 0.05 }, // few and noisy: there is something to overfit
    model: { name: 'mlp', hidden: shapeOf(1) },
    optimizer: { name: 'adam', lr: 3e-3 },
  }),
  factors: FACTORS['width-vs-depth'],
  course: [],
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
      text: 'Wider networks avoid overfitting: with as many parameters the gap between training and test accuracy is smaller.',
      judge: (evidence) => onEachDataSet(evidence, 'gap', 'gap between training and test accuracy', gap, DEEP, WIDE),
    },
    {
      text: 'Deeper networks generalise better.',
      judge: (evidence) => onEachDataSet(evidence, 'testAccuracy', 'test accuracy', last('testAccuracy'), DEEP, WIDE),
    },
    {
      text: 'Gradients flow better through deeper networks, which eases vanishing gradients.',
      judge: (evidence) =>
        onEachDataSet(evidence, 'gradientRatio', 'log10 of the first/last gradient ratio', logRatio, DEEP, WIDE),
    },
  ],
};

const gap = (run: StudyRun): number => last('accuracy')(run) - last('testAccuracy')(run);
const logRatio = (run: StudyRun): number => Math.log10(last('initialGradientRatio')(run));

/** Of plain networks: a residual connection needs two layers as wide. */
function onEachDataSet(
  { runs }: Evidence,
  key: string,
  of: string,
  value: (run: StudyRun) => number,
  greater: string,
  less: string,
): Judgement {
  const plain = where(runs, { 'model.block': 'plain' });
  return judge(
    DATA.map((data) => ({
      key: `${data}.${key}`,
      of: `${of} on ${data}`,
      runs: where(plain, { 'data.name': data }).map(named),
      value,
      by: ['model.hidden'],
      greater: shapeName(greater),
      less: shapeName(less),
    })),
  );
}

/** `8 layers of 24` */
const shapeName = (hidden: string): string => {
  const shape = JSON.parse(hidden) as number[];
  return `${shape.length} ${shape.length === 1 ? 'layer' : 'layers'} of ${shape[0]}`;
};
const named = (run: StudyRun): StudyRun => ({
  ...run,
  params: { ...run.params, 'model.hidden': shapeName(String(run.params['model.hidden'])) },
});
