import { ACTIVATION_IDS } from '../kinds/activations/index.ts';
import type { Interval } from '../statistics/student.ts';
import { formatNumber } from '../text/format-number.ts';
import { linesOf, type Text } from '../text/text.ts';
import {
  all,
  between,
  isAbove,
  isBelow,
  judge,
  last,
  notEnough,
  summaryOf,
  trainingAccuracy,
  where,
} from './judging.ts';
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
  title: { en: 'Activation functions', zh: '激活函数' },
  question: {
    en: 'Which activation function learns the spiral best, and what does each do to gradients and units on the way?',
    zh: '哪种激活函数在螺旋数据上学得最好？训练过程中，每种激活函数对梯度和各个单元有什么影响？',
  },
  defaults: { ...spiralStudy.defaults, study: 'activations' },
  factors: ['model.activation'],
  course: [],
  measure: { metric: 'trainAccuracy', pictures: ['boundary', 'gradients'] },
  probes: { boundary: boundarySteps, layers: true, distributions: boundarySteps },
  variants: () => combinations({ 'model.activation': ACTIVATION_IDS }),
  claims: [
    {
      text: {
        en: 'An activation function lets a network separate what is not linearly separable.',
        zh: '激活函数使网络能够分开线性不可分的数据。',
      },
      judge: ({ runs }) =>
        judge(
          NONLINEAR.map((activation) => ({
            key: activation,
            of: { en: 'accuracy', zh: '准确率' },
            runs,
            value: trainingAccuracy,
            by: ['model.activation'],
            greater: activation,
            less: 'linear',
          })),
        ),
    },
    {
      text: {
        en: 'Activation functions scale and normalise what a layer gives.',
        zh: '激活函数会缩放和规范化一层的输出。',
      },
      judge: normalised,
    },
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
    return notEnough(
      { en: 'seeds of each activation function', zh: '每种激活函数的种子' },
      Math.min(...levels.map(({ n }) => n)),
    );
  }
  const met = measured.map(({ mean, sd }) => {
    if (mean === null || sd === null) return null;
    const near = (ci95: Interval, to: number) => [isAbove(ci95, to - TOLERANCE), isBelow(ci95, to + TOLERANCE)];
    return all([...near(mean.ci95, 0), ...near(sd.ci95, 1)]);
  });
  const lines = measured.flatMap(({ activation, mean, sd }): Text[] => {
    if (!mean || !sd) return [];
    const [at, spread] = [mean, sd].map((of) => `${formatNumber(of.mean)} ${between(of.ci95)}`);
    return [{ en: `${activation} mean ${at}, sd ${spread}`, zh: `${activation} 均值 ${at}，标准差 ${spread}` }];
  });
  const given = met.filter(Boolean).length;
  return {
    supported: all(met),
    verdict: linesOf([
      {
        en: `${given} of ${met.length} give values of mean 0 and standard deviation 1.`,
        zh: `${met.length} 种激活函数中，有 ${given} 种的输出均值为 0、标准差为 1。`,
      },
      ...lines,
    ]),
    numbers: Object.fromEntries(
      measured.flatMap(({ activation, mean, sd }) => [
        [`${activation}.mean`, mean?.mean ?? null],
        [`${activation}.sd`, sd?.mean ?? null],
      ]),
    ),
  };
}
