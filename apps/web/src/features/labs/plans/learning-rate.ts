import { trainingStudy } from '@whorl/core';
import { PALETTE } from '#src/charts/colours.ts';
import type { LabPlan } from '../model/plan.ts';
import { optionsOf, rateControl } from './common-controls.ts';

const SEEDS = [1, 2, 3, 4, 5, 6] as const;

/** One network with six seeds, at one learning rate. */
export function learningRatePlan(): LabPlan {
  const { defaults } = trainingStudy('learning-rate');
  return {
    id: 'learning-rate',
    defaults,
    cells: SEEDS.map((seed, i) => ({
      name: { en: `seed ${seed}`, zh: `种子 ${seed}` },
      values: { seed },
      look: { colour: PALETTE[i % PALETTE.length] as (typeof PALETTE)[number], stroke: 'solid' },
    })),
    controls: [
      rateControl(defaults, 0.1),
      { kind: 'choice', name: 'optimizer', path: 'optimizer.name', fallback: 'sgd', options: optionsOf('sgd', 'adam') },
    ],
    extras: ['diverged', 'curvature'],
    columns: 3,
    grid: 64,
    speed: 5,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
