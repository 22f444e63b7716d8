import { ACTIVATIONS, sameText, trainingStudy } from '@whorl/core';
import { looksBy } from '#src/charts/looks.ts';
import type { LabPlan } from '../model/plan.ts';
import { BLOCK_CONTROL, INIT_CONTROL, seedControl } from './common-controls.ts';

const ACTIVATION = ['sigmoid', 'tanh', 'relu'] as const;
/** Units of every hidden layer, as in the study. */
const WIDTH = 32;
const [LEAST, MOST] = [2, 30];

const lookOf = looksBy(['model.activation'], new Map([['model.activation', ACTIVATION]]));

/** Three activation functions in networks of one depth, with what is said to help. */
export function vanishingGradientsPlan(): LabPlan {
  const { defaults } = trainingStudy('vanishing-gradients');
  return {
    id: 'vanishing-gradients',
    defaults,
    cells: ACTIVATION.map((id) => ({
      name: sameText(ACTIVATIONS[id].label),
      values: { 'model.activation': id },
      look: lookOf(() => id),
    })),
    controls: [
      {
        kind: 'order',
        name: 'depth',
        path: 'model.hidden',
        fallback: '10',
        options: Array.from({ length: MOST - LEAST + 1 }, (_, i) => ({
          name: String(LEAST + i),
          value: new Array<number>(LEAST + i).fill(WIDTH),
        })),
      },
      INIT_CONTROL,
      BLOCK_CONTROL,
      seedControl(defaults),
    ],
    extras: ['layers'],
    columns: 3,
    grid: 64,
    speed: 2,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
