import { formatNumber } from '../format-number.ts';
import { ACTIVATION_IDS } from '../registries/activations.ts';
import { FACTORS } from './factors.ts';
import { all, between, judge, last, notEnough, summaryOf, where } from './judging.ts';
import { boundarySteps } from './look-steps.ts';
import { spiralStudy } from './spiral.ts';
import type { Evidence, Judgement, TrainingStudy } from './study.ts';
import { combinations } from './variants.ts';

const NONLINEAR = ACTIVATION_IDS.filter((id) => id !== 'linear');
/** Normalised: mean within 0.1 of 0, standard deviation within 0.1 of 1. */
const TOLERANCE = 0.1;

export const activationsStudy: TrainingStudy = {
  id: 'activations',
  kind: 'training',
  title: 'Activation functions',
  question:
    'Which activation function learns the spiral best, and what does each do to gradients and units on the way?',
  defaults: { ...spiralStudy.defaults, study: 'activations' },
  factors: FACTORS.activations,
  course: [],
  probes: { boundary: boundarySteps, layers: true, distributions: boundarySteps },
  variants: () => combinations({ 'model.activation': ACTIVATION_IDS }),
  claims: [
    {
      text: 'An activation function lets a network separate what is not linearly separable.',
      judge: ({ runs }) =>
        judge(
          NONLINEAR.map((activation) => ({
            key: activation,
            of: 'accuracy',
            runs,
            value: last('accuracy'),
            by: ['model.activation'],
            greater: activation,
            less: 'linear',
          })),
        ),
    },
    { text: 'Activation functions scale and normalise what a layer gives.', judge: normalised },
  ],
};

/** The values behind each activation function at the end of training: mean 0 and standard deviation 1, or not. */
function normalised({ runs }: Evidence): Judgement {
  const levels = NONLINEAR.map((activation) => {
    const of = where(runs, { 'model.activation': activation });
    return {
      activation,
      n: of.length,
      mean: summaryOf(of, last('activationMean.1')),
      sd: summaryOf(of, last('activationStd.1')),
    };
  });
  const measured = levels.filter(({ mean, sd }) => mean && sd);
  if (measured.length < levels.length) {
    return notEnough('seeds of each activation function', Math.min(...levels.map(({ n }) => n)));
  }
  const met = measured.map(({ mean, sd }) => {
    const near = (ci95: readonly [number, number], to: number) => ci95[0] > to - TOLERANCE && ci95[1] < to + TOLERANCE;
    return mean !== null && sd !== null && near(mean.ci95, 0) && near(sd.ci95, 1);
  });
  const one = ({ activation, mean, sd }: (typeof levels)[number]) =>
    mean && sd
      ? `${activation} mean ${formatNumber(mean.mean)} ${between(mean.ci95)}, sd ${formatNumber(sd.mean)} ${between(sd.ci95)}`
      : '';
  return {
    supported: all(met),
    verdict: `${met.filter(Boolean).length} of ${met.length} give values of mean 0 and standard deviation 1.\n${measured.map(one).join('\n')}`,
    numbers: Object.fromEntries(
      measured.flatMap(({ activation, mean, sd }) => [
        [`${activation}.mean`, mean?.mean ?? null],
        [`${activation}.sd`, sd?.mean ?? null],
      ]),
    ),
  };
}
