import { formatNumber } from '../text/format-number.ts';
import { joinTexts, linesOf, sameText, type Text } from '../text/text.ts';
import { all, between, isAbove, isBelow, judge, last, notEnough, summaryOf, where } from './judging.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const WIDTH = 32;
const deep = (depth: number): number[] => new Array<number>(depth).fill(WIDTH);
/** The hidden layers of the study's deepest network, as a param holds them. */
export const DEEPEST = JSON.stringify(deep(20));
const SHALLOWEST = JSON.stringify(deep(2));
/** log10 of the gradient ratio below which the first layer hardly learns. */
const VANISHED = -6;
/** By how much, in powers of ten, residual connections and normalisation are to raise the ratio: at least 1e3. */
const RAISED = 3;

/** log10 of the gradient ratio before the first update. float32 holds no gradient below 1e-45. */
const logRatio = (run: StudyRun): number => Math.log10(Math.max(last('initialGradientRatio')(run), 1e-45));

const sigmoid = { 'model.activation': 'sigmoid', 'model.init': 'pytorch' } as const;

export const vanishingGradientsStudy: TrainingStudy = {
  id: 'vanishing-gradients',
  kind: 'training',
  title: { en: 'Vanishing gradients', zh: '梯度消失' },
  question: {
    en: 'How much of the gradient reaches the first layer of a deep network, and what lets more of it through?',
    zh: '在深层网络中，有多少梯度能传到第一层？怎样让更多的梯度传过去？',
  },
  defaults: {
    ...spiralStudy.defaults,
    study: 'vanishing-gradients',
    epochs: 200,
    data: { name: 'spiral', n: 200, classes: 3, noise: 0.2 },
    model: { name: 'mlp', hidden: deep(5), activation: 'sigmoid', block: 'plain', init: 'pytorch', dropout: 0 },
  },
  factors: ['model.hidden', 'model.activation', 'model.init', 'model.block'],
  course: [],
  measure: {
    metric: 'initialGradientRatio',
    among: { name: { en: '20 hidden layers', zh: '20 个隐藏层' }, has: (params) => params['model.hidden'] === DEEPEST },
    pictures: ['gradients'],
  },
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
      text: {
        en: 'In a deep network the gradient gets smaller from layer to layer, to almost nothing in the first ones.',
        zh: '在深层网络中，梯度逐层变小，传到最前面几层时几乎为零。',
      },
      judge: vanishes,
    },
    {
      text: {
        en: 'Residual connections or batch normalisation let the gradient through.',
        zh: '残差连接或批归一化能让梯度传到前面的层。',
      },
      judge: ({ runs }) => {
        const of = where(runs, { ...sigmoid, 'model.hidden': DEEPEST });
        return judge(
          ['residual', 'batch-norm'].map((block) => ({
            key: block,
            of: {
              en: 'log10 of the first/last gradient ratio at depth 20',
              zh: '深度 20 时首末层梯度之比的 log10',
            },
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
    { text: { en: 'ReLU avoids vanishing gradients.', zh: 'ReLU 可以避免梯度消失。' }, judge: reluAvoids },
  ],
};

function vanishes({ runs }: Evidence): Judgement {
  const plain = where(runs, { ...sigmoid, 'model.block': 'plain' });
  const deepest = where(plain, { 'model.hidden': DEEPEST });
  const ratio = summaryOf(deepest, logRatio);
  if (!ratio) return notEnough({ en: 'seeds at depth 20', zh: '深度 20 的种子' }, deepest.length);
  const [mean, low, high] = [ratio.mean, ...ratio.ci95].map((power) => `10^${formatNumber(power)}`);
  const powers = `${mean} [${low}, ${high}]`;
  const smaller = judge([
    {
      key: 'depth',
      runs: plain,
      of: { en: 'log10 of the first/last gradient ratio', zh: '首末层梯度之比的 log10' },
      value: logRatio,
      by: ['model.hidden'],
      greater: SHALLOWEST,
      less: DEEPEST,
      nameOf: depthName,
    },
  ]);
  return {
    supported: all([smaller.supported, isBelow(ratio.ci95, VANISHED)]),
    verdict: linesOf([ofLast(powers), smaller.verdict]),
    numbers: { ratio: 10 ** ratio.mean, logRatio: ratio.mean, n: ratio.n, ...smaller.numbers },
  };
}

const ofLast = (ratio: string): Text => ({
  en: `Sigmoid, plain, depth 20: the first layer's gradient is ${ratio} of the last layer's.`,
  zh: `sigmoid、plain、深度 20：第一层的梯度是最后一层的 ${ratio}。`,
});

function depthName(hidden: string): Text {
  const depth = (JSON.parse(hidden) as number[]).length;
  return { en: `depth ${depth}`, zh: `深度 ${depth}` };
}

/**
 * ReLU avoids it where, with every initialisation, the first of 20 layers gets at least a hundredth of the gradient.
 */
function reluAvoids({ runs }: Evidence): Judgement {
  const relu = where(runs, { 'model.activation': 'relu', 'model.block': 'plain', 'model.hidden': DEEPEST });
  const inits = [...new Set(relu.map(({ params }) => String(params['model.init'])))];
  const levels = inits.map((init) => ({ init, ratio: summaryOf(where(relu, { 'model.init': init }), logRatio) }));
  const measured = levels.filter((level) => level.ratio !== null);
  if (levels.length === 0 || measured.length < levels.length)
    return notEnough({ en: 'seeds of ReLU at depth 20', zh: '深度 20 的 ReLU 网络的种子' }, relu.length);
  const list = joinTexts(
    measured.map(({ init, ratio }) =>
      sameText(`${init} 10^${formatNumber(ratio?.mean)} ${ratio ? between(ratio.ci95) : ''}`),
    ),
    { en: '; ', zh: '；' },
  );
  return {
    supported: all(measured.map(({ ratio }) => (ratio ? isAbove(ratio.ci95, -2) : null))),
    verdict: linesOf([
      {
        en: `ReLU, plain, depth 20, first/last gradient ratio by initialisation (intervals of log10): ${list.en}.`,
        zh: `ReLU、plain、深度 20，各种初始化下首末层梯度之比（区间为 log10）：${list.zh}。`,
      },
      { en: 'It depends on how the weights are drawn.', zh: '结果取决于权重如何初始化。' },
    ]),
    numbers: Object.fromEntries(measured.map(({ init, ratio }) => [`${init}.logRatio`, ratio?.mean ?? null])),
  };
}
