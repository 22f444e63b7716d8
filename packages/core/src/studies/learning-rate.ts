import { writeValue } from '../naming/write-value.ts';
import { FEWEST_PAIRS } from '../statistics/family.ts';
import { summarize } from '../statistics/summary.ts';
import { linesOf, type Text } from '../text/text.ts';
import { all, isMet, judge, last, notEnough, testOne, trainingLoss, where } from './judging.ts';
import { boundarySteps } from './look-steps.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const OPTIMIZERS = ['sgd', 'adam'] as const;
const RATES = {
  full: [1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  quick: [1e-4, 1e-3, 0.01, 0.1, 1, 10],
} as const;
const LOSS: Text = { en: 'loss', zh: '损失' };
/** A rate this many times the best one is called too large. */
const TOO_LARGE = 10;

export const learningRateStudy: TrainingStudy = {
  id: 'learning-rate',
  kind: 'training',
  title: { en: 'Learning rate', zh: '学习率' },
  question: {
    en: 'What does a learning rate that is too small or too large do, and where is it too large?',
    zh: '学习率过小或过大会怎样？大到多少算过大？',
  },
  defaults: { ...spiralStudy.defaults, study: 'learning-rate' },
  factors: ['optimizer.lr', 'optimizer.name'],
  course: [],
  measure: { metric: 'trainLoss', pictures: ['boundary'] },
  probes: { boundary: boundarySteps, oscillation: true, surface: true },
  variants: (scale) => combinations({ 'optimizer.name': OPTIMIZERS, 'optimizer.lr': RATES[scale] }),
  claims: [
    {
      text: {
        en: 'With too large a learning rate the weights wander about the optimum and do not come close to it.',
        zh: '学习率过大时，权重会在最优点附近徘徊，难以接近它。',
      },
      judge: tooLarge,
    },
    {
      text: {
        en: 'A learning rate that is too small is safe: it only takes longer.',
        zh: '学习率过小没有危险，只是训练得更久。',
      },
      judge: tooSmall,
    },
  ],
};

/** The runs of an optimizer by rate, the smallest rate first. */
function byRate(runs: readonly StudyRun[], optimizer: string): [rate: number, runs: StudyRun[]][] {
  const rates = new Map<number, StudyRun[]>();
  for (const run of where(runs, { 'optimizer.name': optimizer })) {
    const rate = Number(run.params['optimizer.lr']);
    rates.set(rate, [...(rates.get(rate) ?? []), run]);
  }
  return [...rates].sort(([a], [b]) => a - b);
}

const diverged = (run: StudyRun): boolean => !Number.isFinite(trainingLoss(run));

/** The rate with the least mean loss, among those at which no run diverged. */
function bestRate(rates: readonly [number, StudyRun[]][]): number | undefined {
  const means = rates
    .filter(([, runs]) => runs.length >= FEWEST_PAIRS && !runs.some(diverged))
    .map(([rate, runs]) => ({ rate, mean: summarize(runs.map(trainingLoss)).mean }));
  return means.sort((a, b) => a.mean - b.mean)[0]?.rate;
}

function tooLarge({ runs }: Evidence): Judgement {
  const parts = OPTIMIZERS.map((optimizer) => {
    const rates = byRate(runs, optimizer);
    const best = bestRate(rates);
    // The nearest rate that is at least ten times the best. It is looked for among all rates, since all of its runs may
    // have diverged.
    const large = rates.find(([rate]) => best !== undefined && rate >= 0.99 * TOO_LARGE * best);
    if (best === undefined || !large) return null;
    const [rate, there] = large;
    const gone = there.filter(diverged).length;
    const common = {
      runs: where(runs, { 'optimizer.name': optimizer }),
      by: ['optimizer.lr'],
      greater: String(rate),
      less: String(best),
    };
    const tested = [
      { ...common, key: `${optimizer}.loss`, of: LOSS, value: trainingLoss },
      {
        ...common,
        key: `${optimizer}.oscillation`,
        of: { en: 'share of steps in which the loss rises', zh: '损失上升的步所占的比例' },
        value: last('oscillation'),
      },
    ].map(testOne);
    return { optimizer, best, rate, gone, of: there.length, tested, common };
  });
  const found = parts.filter((part) => part !== null);
  if (found.length < OPTIMIZERS.length) {
    return notEnough(
      {
        en: 'learning rates a factor of ten apart, with a best one between them',
        zh: '彼此相差十倍、且最好的一个居于其间的学习率',
      },
      found.length,
    );
  }
  const lines = found.map(({ optimizer, best, rate, gone, of, tested, common }) => {
    const judged = judge(tested.map(({ expectation }) => expectation));
    const text: Text =
      gone > 0
        ? {
            en: `${gone} of ${of} runs at ${rate} diverge instead of wandering.`,
            zh: `学习率为 ${rate} 的 ${of} 次运行中有 ${gone} 次发散，而不是徘徊。`,
          }
        : judged.verdict;
    const at: Text = {
      en: `${optimizer} is best at ${common.less}.`,
      zh: `${optimizer} 在学习率为 ${common.less} 时最好。`,
    };
    return {
      supported: gone > 0 ? false : all(tested.map(isMet)),
      verdict: linesOf([at, text]),
      numbers: {
        [`${optimizer}.best`]: best,
        [`${optimizer}.tooLarge`]: rate,
        [`${optimizer}.diverged`]: gone,
        ...judged.numbers,
      },
    };
  });
  const smallestDiverging = OPTIMIZERS.map((optimizer) => {
    const first = byRate(runs, optimizer).find(([, of]) => of.some(diverged));
    return { optimizer, rate: first?.[0] ?? null };
  });
  return {
    supported: all(lines.map(({ supported }) => supported)),
    verdict: linesOf([
      ...lines.map(({ verdict }) => verdict),
      ...smallestDiverging.map(
        ({ optimizer, rate }): Text =>
          rate === null
            ? {
                en: `${optimizer} diverges at none of these rates.`,
                zh: `${optimizer} 在这些学习率下都不发散。`,
              }
            : {
                en: `${optimizer} diverges from ${writeValue(rate)} on.`,
                zh: `${optimizer} 从学习率 ${writeValue(rate)} 起发散。`,
              },
      ),
    ]),
    numbers: Object.assign(
      {},
      ...lines.map(({ numbers }) => numbers),
      ...smallestDiverging.map(({ optimizer, rate }) => ({ [`${optimizer}.divergesFrom`]: rate })),
    ),
  };
}

/** In the same number of steps the smallest rate reaches a higher loss than the best one, and never diverges. */
function tooSmall({ runs }: Evidence): Judgement {
  const expectations = OPTIMIZERS.flatMap((optimizer) => {
    const rates = byRate(runs, optimizer);
    const [best, smallest] = [bestRate(rates), rates[0]?.[0]];
    if (best === undefined || smallest === undefined || best === smallest) return [];
    return [
      {
        key: `${optimizer}.small`,
        of: LOSS,
        runs: where(runs, { 'optimizer.name': optimizer }),
        value: trainingLoss,
        by: ['optimizer.lr'],
        greater: String(smallest),
        less: String(best),
      },
    ];
  });
  if (expectations.length < OPTIMIZERS.length) {
    return notEnough({ en: 'learning rates below a best one', zh: '小于最好的那个的学习率' }, expectations.length);
  }
  const judged = judge(expectations);
  return { ...judged, verdict: linesOf([{ en: 'After as many steps:', zh: '步数相同时：' }, judged.verdict]) };
}
