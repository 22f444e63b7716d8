import { parseConfig } from '../config/assignments.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import type { Interval } from '../statistics/student.ts';
import { summarize } from '../statistics/summary.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, type Text } from '../text/text.ts';
import { atBestRate } from './best-rate.ts';
import { all, between, isAbove, notEnough, signed, trainingAccuracy, where } from './judging.ts';
import { boundarySteps } from './look-steps.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const COURSE_RATE = 1e-3;
/**
 * With steps as long as the gradient, the course's rate starves SGD: it gets others to choose from. The largest is
 * SGD's; with Adam that one ends well or badly depending on the last bits, so even the quick plan has one that suits
 * Adam.
 */
const RATES = { full: [COURSE_RATE, 0.01, 0.1, 1], quick: [COURSE_RATE, 0.01, 1] } as const;

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
    optimizer: { name: 'adam', lr: COURSE_RATE, weightDecay: 1e-5 }, // the course's
  }),
  factors: ['model.activation', 'optimizer.name', 'optimizer.lr'],
  course: [
    {
      label: 'linear · sgd',
      values: { 'model.activation': 'linear', 'optimizer.name': 'sgd', 'optimizer.lr': COURSE_RATE },
      metric: 'trainAccuracy',
      reported: 0.504,
    },
    {
      label: 'relu · adam',
      values: { 'model.activation': 'relu', 'optimizer.name': 'adam', 'optimizer.lr': COURSE_RATE },
      metric: 'trainAccuracy',
      reported: 0.949,
    },
  ],
  measure: { metric: 'trainAccuracy', searched: 'optimizer.lr', pictures: ['boundary'] },
  probes: { boundary: boundarySteps },
  variants: (scale) =>
    combinations({
      'model.activation': ['linear', 'relu'],
      'optimizer.name': ['sgd', 'adam'],
      'optimizer.lr': RATES[scale],
    }),
  claims: [
    {
      text: { en: 'ReLU raises the accuracy from 0.504 to 0.949.', zh: 'ReLU 把准确率从 0.504 提高到 0.949。' },
      judge: partsOfTheGap,
    },
  ],
};

const CELLS = ['linear · sgd', 'linear · adam', 'relu · sgd', 'relu · adam'] as const;
type Cell = (typeof CELLS)[number];

const accuracyOf = trainingAccuracy;
const cost = (run: StudyRun): number => 1 - accuracyOf(run);

/** The accuracy of each seed in one cell of the grid. */
type Accuracies = ReadonlyMap<unknown, number>;

const runsIn = (runs: readonly StudyRun[], cell: Cell): StudyRun[] => {
  const [activation = '', optimizer = ''] = cell.split(' · ');
  return where(runs, { 'model.activation': activation, 'optimizer.name': optimizer });
};

/** What the seeds of a cell reach, each at the rate that was best on the others. */
function best(runs: readonly StudyRun[], cell: Cell): Accuracies {
  const chosen = atBestRate(runsIn(runs, cell), cost) ?? new Map<unknown, { run: StudyRun }>();
  return new Map([...chosen].map(([seed, { run }]) => [seed, accuracyOf(run)]));
}

const ratesOf = (runs: readonly StudyRun[]): number => new Set(runs.map(({ params }) => params['optimizer.lr'])).size;

const WHOLE_GRID: Text = {
  en: 'Run the full grid: whorl course --only spiral.',
  zh: '请运行完整的网格：whorl course --only spiral。',
};

const undecided = ({ en, zh }: Text, n: number): Judgement => ({
  supported: null,
  verdict: { en: `${en} ${WHOLE_GRID.en}`, zh: zh + WHOLE_GRID.zh },
  numbers: { n },
});

/**
 * The rise from one corner of the grid to the other, each cell at its best learning rate, and the parts that add up to
 * it, seed by seed. The claim is that ReLU makes it: ReLU by itself must contribute more than all the rest.
 */
function partsOfTheGap({ runs }: Evidence): Judgement {
  const grid = new Map(CELLS.map((cell) => [cell, best(runs, cell)]));
  const at = (cell: Cell, seed: unknown): number => grid.get(cell)?.get(seed) ?? Number.NaN;
  const having = (cells: readonly Cell[]) =>
    [...(grid.get('linear · sgd')?.keys() ?? [])].filter((seed) =>
      cells.every((cell) => Number.isFinite(at(cell, seed))),
    );
  const [ends, seeds] = [having(['linear · sgd', 'relu · adam']), having(CELLS)];
  if (seeds.length < FEWEST_PAIRS && ends.length >= FEWEST_PAIRS) {
    return undecided(
      {
        en: 'Confounded: between linear · sgd and relu · adam the optimizer differs as well.',
        zh: '存在混杂：linear · sgd 与 relu · adam 的优化器也不同。',
      },
      seeds.length,
    );
  }
  if (seeds.length < FEWEST_PAIRS)
    return notEnough({ en: 'seeds have all four cells', zh: '四种组合齐全的种子' }, seeds.length);
  if (CELLS.some((cell) => ratesOf(runsIn(runs, cell)) < 2)) {
    return undecided(
      {
        en: 'Confounded: with one learning rate for both optimizers, its fit to each differs as well.',
        zh: '存在混杂：两种优化器只用了一个学习率，而它对两者的合适程度不同。',
      },
      seeds.length,
    );
  }
  const of = (value: (seed: unknown) => number) => {
    const { mean, ci95 } = summarize(seeds.map(value));
    return { mean, ci95: ci95 as Interval };
  };
  const gapOf = (seed: unknown) => at('relu · adam', seed) - at('linear · sgd', seed);
  const aloneOf = (seed: unknown) => at('relu · sgd', seed) - at('linear · sgd', seed);
  const optimizerOf = (seed: unknown) => at('linear · adam', seed) - at('linear · sgd', seed);
  const cells = Object.fromEntries(CELLS.map((cell) => [cell, of((seed) => at(cell, seed)).mean]));
  const gap = of(gapOf);
  const parts = {
    activation: of(aloneOf),
    optimizer: of(optimizerOf),
    together: of((seed) => gapOf(seed) - aloneOf(seed) - optimizerOf(seed)),
  };
  const most = of((seed) => 2 * aloneOf(seed) - gapOf(seed));
  const courses = where(runs, { 'optimizer.lr': COURSE_RATE });
  const list = (means: Readonly<Record<string, number>>): string[] =>
    Object.entries(means).map(([name, mean]) => `${name} ${formatNumber(mean)}`);
  const line = ({ en, zh }: Text, means: string[]): Text => ({
    en: `${en}: ${means.join(', ')}.`,
    zh: `${zh}：${means.join('，')}。`,
  });
  const atCourses = CELLS.flatMap((cell) => {
    const own = runsIn(courses, cell).map(accuracyOf);
    return own.length === 0 ? [] : [[cell, summarize(own).mean] as const];
  });
  return {
    supported: all([isAbove(parts.activation.ci95, 0), isAbove(most.ci95, 0)]),
    verdict: linesOf([
      line({ en: 'Each at its best learning rate', zh: '各用自己最好的学习率' }, list(cells)),
      {
        en:
          `Of the rise of ${signed(gap.mean)} ${between(gap.ci95)} from corner to corner, ` +
          `ReLU alone (with SGD) ${added(parts.activation).en}, Adam alone (on the linear network) ${added(parts.optimizer).en}, ` +
          `and their combination beyond that ${added(parts.together).en}.`,
        zh:
          `从 linear · sgd 到 relu · adam 共提高 ${signed(gap.mean)} ${between(gap.ci95)}：` +
          `其中单靠 ReLU（用 SGD）${added(parts.activation).zh}，单靠 Adam（线性网络）${added(parts.optimizer).zh}，` +
          `两者同用另外${added(parts.together).zh}。`,
      },
      {
        en: `What ReLU alone makes, less all the rest: ${signed(most.mean)} ${between(most.ci95)}.`,
        zh: `单靠 ReLU 的提高减去其余部分：${signed(most.mean)} ${between(most.ci95)}。`,
      },
      line(
        { en: `At the course's rate of ${COURSE_RATE}`, zh: `用课程的学习率 ${COURSE_RATE}` },
        list(Object.fromEntries(atCourses)),
      ),
    ]),
    numbers: {
      ...cells,
      gap: gap.mean,
      ...Object.fromEntries(
        Object.entries({ ...parts, most }).flatMap(([name, { mean, ci95 }]) => [
          [name, mean],
          [`${name}.low`, ci95[0]],
          [`${name}.high`, ci95[1]],
        ]),
      ),
      ...Object.fromEntries(atCourses.map(([cell, mean]) => [`${cell} · ${COURSE_RATE}`, mean])),
      n: seeds.length,
    },
  };
}

/** What a part adds; where its interval holds 0, that this is not shown. */
function added({ mean, ci95 }: { readonly mean: number; readonly ci95: Interval }): Text {
  const size = `${signed(mean)} ${between(ci95)}`;
  const shown = isAbove(ci95, 0);
  if (shown === true) return { en: `adds ${size}`, zh: `提高 ${size}` };
  if (shown === false) return { en: `takes away: ${size}`, zh: `反而降低：${size}` };
  return { en: `is not shown to add: ${size}`, zh: `未显示出提高：${size}` };
}
