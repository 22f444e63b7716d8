import { formatNumber } from '../format-number.ts';
import { FACTORS } from './factors.ts';
import { all, between, judge, last, notEnough, summaryOf, where } from './judging.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const WIDTH = 32;
const deep = (depth: number): number[] => new Array<number>(depth).fill(WIDTH);
const DEEPEST = JSON.stringify(deep(20));
const SHALLOWEST = JSON.stringify(deep(2));
/** A first layer whose gradient is less than this of the last layer's hardly learns. */
const VANISHED = -6;
/** Residual connections and normalisation are to raise the ratio by at least 1e3. */
const RAISED = 3;

/** log10 of the gradient ratio before the first update. float32 holds no gradient below 1e-45. */
const logRatio = (run: StudyRun): number => Math.log10(Math.max(last('initialGradientRatio')(run), 1e-45));

const sigmoid = { 'model.activation': 'sigmoid', 'model.init': 'pytorch' } as const;

export const vanishingGradientsStudy: TrainingStudy = {
  id: 'vanishing-gradients',
  kind: 'training',
  title: 'Vanishing gradients',
  question: 'How much of the gradient reaches the first layer of a deep network, and what lets more of it through?',
  defaults: {
    ...spiralStudy.defaults,
    study: 'vanishing-gradients',
    epochs: 200,
    data: { name: 'spiral', n: 200, classes: 3, noise: 0.2 },
    model: { name: 'mlp', hidden: deep(5), activation: 'sigmoid', block: 'plain', init: 'pytorch', dropout: 0 },
  },
  factors: FACTORS['vanishing-gradients'],
  course: [],
  probes: { layers: true },
  variants: (scale) =>
    combinations({
      'model.hidden': (scale === 'full' ? [2, 5, 10, 20] : [2, 20]).map(deep),
      'model.activation': ['sigmoid', 'tanh', 'relu'],
      'model.init': scale === 'full' ? ['pytorch', 'xavier', 'he'] : ['pytorch', 'he'],
      'model.block': ['plain', 'residual', 'batch-norm'],
    }),
  claims: [
    {
      text: 'In a deep network the gradient gets smaller from layer to layer, to almost nothing in the first ones.',
      judge: vanishes,
    },
    {
      text: 'Residual connections or batch normalisation let the gradient through.',
      judge: ({ runs }) => {
        const of = where(runs, { ...sigmoid, 'model.hidden': DEEPEST });
        return judge(
          ['residual', 'batch-norm'].map((block) => ({
            key: block,
            of: 'log10 of the first/last gradient ratio at depth 20',
            runs: of,
            value: logRatio,
            by: ['model.block'],
            greater: block,
            less: 'plain',
            atLeast: RAISED,
          })),
        );
      },
    },
    { text: 'ReLU avoids vanishing gradients.', judge: reluAvoids },
  ],
};

function vanishes({ runs }: Evidence): Judgement {
  const plain = where(runs, { ...sigmoid, 'model.block': 'plain' });
  const deepest = where(plain, { 'model.hidden': DEEPEST });
  const ratio = summaryOf(deepest, logRatio);
  if (!ratio) return notEnough('seeds at depth 20', deepest.length);
  const smaller = judge([
    {
      key: 'depth',
      of: 'log10 of the first/last gradient ratio',
      runs: plain.map((run) => ({ ...run, params: { ...run.params, 'model.hidden': depthOf(run) } })),
      value: logRatio,
      by: ['model.hidden'],
      greater: depthName(SHALLOWEST),
      less: depthName(DEEPEST),
    },
  ]);
  return {
    supported: all([smaller.supported, ratio.ci95[1] < VANISHED]),
    verdict:
      `Sigmoid, plain, depth 20: the first layer's gradient is 10^${formatNumber(ratio.mean)} ` +
      `[10^${formatNumber(ratio.ci95[0])}, 10^${formatNumber(ratio.ci95[1])}] of the last layer's.\n${smaller.verdict}`,
    numbers: { ratio: 10 ** ratio.mean, logRatio: ratio.mean, n: ratio.n, ...smaller.numbers },
  };
}

const depthName = (hidden: string): string => `depth ${(JSON.parse(hidden) as number[]).length}`;
const depthOf = ({ params }: StudyRun): string => depthName(String(params['model.hidden']));

/** It does where no initialisation leaves less than a hundredth of the gradient to the first of 20 layers. */
function reluAvoids({ runs }: Evidence): Judgement {
  const relu = where(runs, { 'model.activation': 'relu', 'model.block': 'plain', 'model.hidden': DEEPEST });
  const inits = [...new Set(relu.map(({ params }) => String(params['model.init'])))];
  const levels = inits.map((init) => ({ init, ratio: summaryOf(where(relu, { 'model.init': init }), logRatio) }));
  const measured = levels.filter((level) => level.ratio !== null);
  if (levels.length === 0 || measured.length < levels.length)
    return notEnough('seeds of ReLU at depth 20', relu.length);
  const text = measured.map(
    ({ init, ratio }) => `${init} 10^${formatNumber(ratio?.mean)} ${ratio ? between(ratio.ci95) : ''}`,
  );
  return {
    supported: all(measured.map(({ ratio }) => (ratio?.ci95[0] ?? 0) > -2)),
    verdict: `ReLU, plain, depth 20, first/last gradient ratio by initialisation (intervals of log10): ${text.join('; ')}.\nIt depends on how the weights are drawn.`,
    numbers: Object.fromEntries(measured.map(({ init, ratio }) => [`${init}.logRatio`, ratio?.mean ?? null])),
  };
}
