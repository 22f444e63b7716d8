import { FEWEST_PAIRS } from '../statistics/family.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, sameText, type Text } from '../text/text.ts';
import { byDemonstration } from './by-demonstration.ts';
import { between, isBelow, judge, last, notEnough, summaryOf, trainingLoss, where } from './judging.ts';
import { boundarySteps, evenSteps } from './look-steps.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const SOFTMAX = 'softmax-cross-entropy';
const OTHERS = ['sigmoid-cross-entropy', 'softmax-squared-error', 'squared-error'] as const;
const EPOCHS = 1000;
/** Probabilities that are off by less than this on average count as calibrated. */
const CALIBRATED = 0.05;
const ECE: Text = { en: 'expected calibration error on the test set', zh: '测试集上的期望校准误差' };

/**
 * Steps to an accuracy of 0.9; runs that never get there count with all of their steps, which is less than they would
 * take.
 */
const stepsTo90 = (run: StudyRun): number => Math.min(last('stepsTo90')(run), Number(run.params.epochs));

export const softmaxStudy: TrainingStudy = {
  id: 'softmax',
  kind: 'training',
  title: { en: 'Why softmax?', zh: '为什么用 softmax？' },
  question: {
    en: 'What does softmax with cross-entropy give that other losses do not, and what does the stable form save?',
    zh: 'softmax 加交叉熵有哪些其他损失没有的好处？数值稳定的写法又避免了什么？',
  },
  defaults: { ...spiralStudy.defaults, study: 'softmax', epochs: EPOCHS },
  factors: ['loss.name', 'loss.stable'],
  course: [],
  measure: { metric: 'stepsTo90', pictures: ['calibration'] },
  probes: {
    boundary: boundarySteps,
    test: evenSteps,
    milestones: [{ key: 'stepsTo90', metric: 'accuracy', reaches: 0.9 }],
  },
  variants: () => [
    ...combinations({
      'loss.name': [SOFTMAX, 'sigmoid-cross-entropy', 'softmax-squared-error'],
      'loss.stable': [true, false],
    }),
    { 'loss.name': 'squared-error' },
  ],
  demonstrated: true,
  claims: [
    {
      text: {
        en: 'Softmax with cross-entropy helps training: it learns sooner than other losses.',
        zh: 'softmax 与交叉熵搭配有利于训练：比用其他损失学得更快。',
      },
      judge: ({ runs }) =>
        against(runs, 'steps', { en: 'steps to an accuracy of 0.9', zh: '准确率达到 0.9 所需的步数' }, stepsTo90),
    },
    {
      text: {
        en: 'Softmax gives probabilities that can be taken at their word.',
        zh: 'softmax 给出的概率可以直接采信。',
      },
      judge: calibrated,
    },
    {
      text: {
        en: 'Every output lies between 0 and 1 and they add up to 1; at large logits that takes the stable form.',
        zh: '每个输出都在 0 到 1 之间，总和为 1；logits 很大时，这要靠数值稳定的写法。',
      },
      judge: shown,
    },
  ],
};

/**
 * Whether each other loss has a higher value than softmax cross-entropy (lower being better). Stable forms only: the
 * others differ in rounding.
 */
function against(runs: readonly StudyRun[], key: string, of: Text, value: (run: StudyRun) => number): Judgement {
  const stable = runs.filter(({ params }) => params['loss.stable'] !== false);
  const judged = judge(
    OTHERS.map((other) => ({
      key: `${other}.${key}`,
      of,
      runs: stable,
      value,
      by: ['loss.name'],
      greater: other,
      less: SOFTMAX,
    })),
  );
  // Differences alone would not tell the value of softmax itself.
  const means = meansOf(stable, key, of, value);
  return {
    ...judged,
    verdict: linesOf([judged.verdict, ...means.lines]),
    numbers: { ...judged.numbers, ...means.numbers },
  };
}

/** The mean value of each loss. */
function meansOf(stable: readonly StudyRun[], key: string, of: Text, value: (run: StudyRun) => number) {
  const levels = [SOFTMAX, ...OTHERS].map((loss) => ({
    loss,
    own: summaryOf(where(stable, { 'loss.name': loss }), value, key),
  }));
  const lines = levels.flatMap(({ loss, own }) =>
    own === null ? [] : [sameText(`${loss} ${formatNumber(own.mean)} ${between(own.ci95)}`)],
  );
  const heading: Text = { en: `Mean ${of.en}:`, zh: `${of.zh}的均值：` };
  return {
    lines: lines.length > 0 ? [heading, ...lines] : [],
    numbers: Object.fromEntries(levels.map(({ loss, own }) => [`${loss}.${key}.mean`, own?.mean ?? null])),
  };
}

/** How far softmax's own probabilities are off: another loss being further off would not make them right. */
function calibrated({ runs }: Evidence): Judgement {
  const stable = runs.filter(({ params }) => params['loss.stable'] !== false);
  const softmax = where(stable, { 'loss.name': SOFTMAX });
  const own = summaryOf(softmax, last('ece'), 'ece');
  if (!own)
    return notEnough({ en: 'seeds of softmax with cross-entropy', zh: 'softmax 加交叉熵的种子' }, softmax.length);
  const at = `${formatNumber(own.mean)} ${between(own.ci95)}`;
  const means = meansOf(stable, 'ece', ECE, last('ece'));
  return {
    supported: isBelow(own.ci95, CALIBRATED),
    verdict: linesOf([
      {
        en: `With softmax the ${ECE.en} is ${at}; below ${CALIBRATED} was to be shown.`,
        zh: `用 softmax 时，${ECE.zh}为 ${at}；要求低于 ${CALIBRATED}。`,
      },
      ...means.lines,
    ]),
    numbers: { n: own.n, ...means.numbers },
  };
}

/** The result of the demonstrations, and of the runs of both forms while logits stay small. */
function shown({ runs, demonstrations }: Evidence): Judgement {
  const demonstrated = byDemonstration('softmax', demonstrations);
  const seeds = new Map<unknown, { stable?: number; naive?: number }>();
  for (const run of runs) {
    if (run.params['loss.name'] !== SOFTMAX) continue;
    const form = run.params['loss.stable'] === false ? 'naive' : 'stable';
    seeds.set(run.params.seed, { ...seeds.get(run.params.seed), [form]: trainingLoss(run) });
  }
  const differences = [...seeds.values()].flatMap(({ stable, naive }) =>
    stable === undefined || naive === undefined ? [] : [Math.abs(stable - naive)],
  );
  if (demonstrations.length === 0 || differences.length < FEWEST_PAIRS) return demonstrated;
  const largest = Math.max(...differences);
  const within = largest.toExponential(1);
  return {
    ...demonstrated,
    verdict: linesOf([
      demonstrated.verdict,
      {
        en: `In training, where logits stay small, both forms end within ${within} of each other.`,
        zh: `训练时 logits 一直不大，两种写法最后的损失相差不超过 ${within}。`,
      },
    ]),
    numbers: { ...demonstrated.numbers, largestDifference: largest },
  };
}
