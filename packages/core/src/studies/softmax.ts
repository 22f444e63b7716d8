import { FEWEST_PAIRS } from '../statistics/comparison.ts';
import { FACTORS } from './factors.ts';
import { judge, last, notEnough } from './judging.ts';
import { boundarySteps, evenSteps } from './look-steps.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, StudyRun, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const SOFTMAX = 'softmax-cross-entropy';
const OTHERS = ['sigmoid-cross-entropy', 'softmax-squared-error', 'squared-error'] as const;
const EPOCHS = 1000;

/** Steps to an accuracy of 0.9; those that never get there count as the whole run, which is less than they would take. */
const stepsTo90 = (run: StudyRun): number => Math.min(last('stepsTo90')(run), Number(run.params.epochs));

export const softmaxStudy: TrainingStudy = {
  id: 'softmax',
  kind: 'training',
  title: 'Why softmax?',
  question: 'What does softmax with cross-entropy give that other losses do not, and what does the stable form save?',
  defaults: { ...spiralStudy.defaults, study: 'softmax', epochs: EPOCHS },
  factors: FACTORS.softmax,
  course: [],
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
      text: 'Softmax with cross-entropy helps training: it learns sooner than other losses.',
      judge: ({ runs }) => against(runs, 'steps', 'steps to an accuracy of 0.9', stepsTo90),
    },
    {
      text: 'Softmax gives probabilities that can be taken at their word.',
      judge: ({ runs }) => against(runs, 'ece', 'expected calibration error on the test set', last('ece')),
    },
    {
      text: 'Every output lies between 0 and 1 and they add up to 1; at large logits that takes the stable form.',
      judge: shown,
    },
  ],
};

/** Each other loss has more of what is better small. The stable forms alone: the others differ in rounding. */
function against(runs: readonly StudyRun[], key: string, of: string, value: (run: StudyRun) => number): Judgement {
  const stable = runs.filter(({ params }) => params['loss.stable'] !== false);
  return judge(
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
}

/** What the demonstrations show, and what the runs say of both forms where logits stay small. */
function shown({ runs, demonstrations }: Evidence): Judgement {
  if (demonstrations.length === 0) return notEnough('demonstrations', 0);
  const seeds = new Map<unknown, { stable?: number; naive?: number }>();
  for (const run of runs) {
    if (run.params['loss.name'] !== SOFTMAX) continue;
    const form = run.params['loss.stable'] === false ? 'naive' : 'stable';
    seeds.set(run.params.seed, { ...seeds.get(run.params.seed), [form]: last('loss')(run) });
  }
  const differences = [...seeds.values()].flatMap(({ stable, naive }) =>
    stable === undefined || naive === undefined ? [] : [Math.abs(stable - naive)],
  );
  const largest = differences.length >= FEWEST_PAIRS ? Math.max(...differences) : null;
  const failed = demonstrations.filter(({ holds }) => !holds);
  const training =
    largest === null
      ? ''
      : `\nIn training, where logits stay small, both forms end within ${largest.toExponential(1)} of each other.`;
  return {
    supported: failed.length === 0,
    verdict: `${demonstrations.map(({ title, output }) => `${title}: ${output}.`).join('\n')}${training}`,
    numbers: { shown: demonstrations.length, failed: failed.length, largestDifference: largest },
  };
}
