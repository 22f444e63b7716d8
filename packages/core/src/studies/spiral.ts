import { parseConfig } from '../config/assignments.ts';
import { formatNumber } from '../format-number.ts';
import { FEWEST_PAIRS } from '../statistics/comparison.ts';
import type { Interval } from '../statistics/student.ts';
import { summarize } from '../statistics/summary.ts';
import { linesOf } from '../text.ts';
import { FACTORS } from './factors.ts';
import { between, last, notEnough, signed, where } from './judging.ts';
import { boundarySteps } from './look-steps.ts';
import type { Evidence, Judgement, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

export const spiralStudy: TrainingStudy = {
  id: 'spiral',
  kind: 'training',
  title: { en: 'Spiral data and ReLU', zh: '螺旋数据与 ReLU' },
  question: {
    en: 'Can a network without a nonlinearity separate three spiral arms, and what does ReLU change?',
    zh: '没有非线性的网络能分开三条旋臂吗？加上 ReLU 又会怎样？',
  },
  defaults: parseConfig({
    study: 'spiral',
    seed: 1,
    epochs: 1000, // the course's
    batchSize: 'full', // the course's: every step sees all points
    data: { name: 'spiral', n: 1000, classes: 3, noise: 0.2 }, // the course's
    model: { name: 'mlp', hidden: [100] }, // the course's second network
    optimizer: { name: 'adam', lr: 1e-3, weightDecay: 1e-5 }, // the course's
  }),
  factors: FACTORS.spiral,
  course: [
    {
      label: 'linear · sgd',
      values: { 'model.activation': 'linear', 'optimizer.name': 'sgd' },
      metric: 'accuracy',
      reported: 0.504,
    },
    {
      label: 'relu · adam',
      values: { 'model.activation': 'relu', 'optimizer.name': 'adam' },
      metric: 'accuracy',
      reported: 0.949,
    },
  ],
  probes: { boundary: boundarySteps },
  variants: () => combinations({ 'model.activation': ['linear', 'relu'], 'optimizer.name': ['sgd', 'adam'] }),
  claims: [
    {
      text: { en: 'ReLU raises the accuracy from 0.504 to 0.949.', zh: 'ReLU 把准确率从 0.504 提高到 0.949。' },
      judge: partsOfTheGap,
    },
  ],
};

/** The rise from one corner of the grid to the other, and its parts: they add up to it, seed by seed. */
function partsOfTheGap({ runs }: Evidence): Judgement {
  const cell = (activation: string, optimizer: string) =>
    new Map(
      where(runs, { 'model.activation': activation, 'optimizer.name': optimizer }).map((run) => [
        run.params.seed,
        last('accuracy')(run),
      ]),
    );
  const corners = { from: cell('linear', 'sgd'), to: cell('relu', 'adam') };
  const alone = { activation: cell('relu', 'sgd'), optimizer: cell('linear', 'adam') };
  const ends = [...corners.from.keys()].filter((seed) => corners.to.has(seed));
  const seeds = ends.filter((seed) => alone.activation.has(seed) && alone.optimizer.has(seed));
  if (seeds.length < FEWEST_PAIRS && ends.length >= FEWEST_PAIRS) {
    return {
      supported: null,
      verdict: {
        en: 'Confounded: between linear · sgd and relu · adam the optimizer differs as well. Run the full grid: whorl run course --only spiral.',
        zh: '存在混杂：linear · sgd 与 relu · adam 的优化器也不同。请运行完整的网格：whorl run course --only spiral。',
      },
      numbers: { n: seeds.length },
    };
  }
  if (seeds.length < FEWEST_PAIRS)
    return notEnough({ en: 'seeds have all four cells', zh: '四种组合齐全的种子' }, seeds.length);
  const of = (value: (seed: (typeof seeds)[number]) => number) => {
    const { mean, ci95 } = summarize(seeds.map(value));
    return { mean, ci95: ci95 as Interval };
  };
  const at = (cells: ReadonlyMap<unknown, number>, seed: unknown) => cells.get(seed) as number;
  const rise = (cells: ReadonlyMap<unknown, number>) => of((seed) => at(cells, seed) - at(corners.from, seed));
  const cells = {
    'linear · sgd': of((seed) => at(corners.from, seed)),
    'linear · adam': of((seed) => at(alone.optimizer, seed)),
    'relu · sgd': of((seed) => at(alone.activation, seed)),
    'relu · adam': of((seed) => at(corners.to, seed)),
  };
  const gap = rise(corners.to);
  const parts = {
    activation: rise(alone.activation),
    optimizer: rise(alone.optimizer),
    together: of(
      (seed) => at(corners.to, seed) - at(alone.activation, seed) - at(alone.optimizer, seed) + at(corners.from, seed),
    ),
  };
  // Supported if ReLU by itself makes the rise: what the other two parts add must not be above 0.
  const others = [parts.optimizer, parts.together].some(({ ci95 }) => ci95[0] > 0);
  const means = Object.entries(cells).map(([name, { mean }]) => `${name} ${formatNumber(mean)}`);
  const show = ({ mean, ci95 }: typeof gap) => `${signed(mean)} ${between(ci95)}`;
  return {
    supported: parts.activation.ci95[0] > 0 && !others,
    verdict: linesOf([
      { en: `${means.join(', ')}.`, zh: `${means.join('，')}。` },
      {
        en:
          `Of the rise of ${show(gap)} from corner to corner, ` +
          `ReLU alone (with SGD) makes ${show(parts.activation)}, Adam alone (on the linear network) ${show(parts.optimizer)}, ` +
          `and both together beyond that ${show(parts.together)}.`,
        zh:
          `从 linear · sgd 到 relu · adam 共提高 ${show(gap)}：` +
          `其中单靠 ReLU（用 SGD）为 ${show(parts.activation)}，单靠 Adam（线性网络）为 ${show(parts.optimizer)}，` +
          `两者同用另有 ${show(parts.together)}。`,
      },
    ]),
    numbers: {
      ...Object.fromEntries(Object.entries(cells).map(([name, { mean }]) => [name, mean])),
      gap: gap.mean,
      ...Object.fromEntries(
        Object.entries(parts).flatMap(([name, { mean, ci95 }]) => [
          [name, mean],
          [`${name}.low`, ci95[0]],
          [`${name}.high`, ci95[1]],
        ]),
      ),
      n: seeds.length,
    },
  };
}
