import { KINDS, sameText, trainingStudy } from '@whorl/core';
import { looksBy } from '#src/charts/looks.ts';
import type { LabPlan } from '../model/plan.ts';
import { optionsOf, seedControl } from './common-controls.ts';

/** The best of 0.001, 0.01, 0.1, 0.3, 1 and 3 on this network, by the mean test loss of seeds 1 to 3. */
const BEST = { sgd: 3, momentum: 1, adam: 0.1 } as const;
const SAME = 0.001;

const OPTIMIZER = ['sgd', 'momentum', 'adam'] as const;

const lookOf = looksBy(
  ['optimizer.name', 'optimizer.lr'],
  new Map<string, readonly (string | number)[]>([
    ['optimizer.name', OPTIMIZER],
    ['optimizer.lr', [SAME, ...Object.values(BEST)]],
  ]),
);

/** Three optimizers at one rate, then each at its own best. */
export function optimizersPlan(): LabPlan {
  const { defaults } = trainingStudy('optimizers');
  return {
    id: 'optimizers',
    defaults,
    cells: [false, true].flatMap((isBest) =>
      OPTIMIZER.map((optimizer) => {
        const values = { 'optimizer.name': optimizer, 'optimizer.lr': isBest ? BEST[optimizer] : SAME };
        return {
          name: sameText(`${KINDS.optimizer[optimizer].label} · ${values['optimizer.lr']}`),
          values,
          look: lookOf((path) => values[path as keyof typeof values]),
        };
      }),
    ),
    controls: [
      seedControl(defaults),
      {
        kind: 'choice',
        name: 'activation',
        path: 'model.activation',
        fallback: 'relu',
        options: optionsOf('relu', 'tanh', 'sigmoid', 'linear'),
      },
    ],
    extras: ['units'],
    planes: [
      { id: 'best', name: { en: 'each at its best rate', zh: '各用最好的学习率' }, cells: [3, 4, 5] },
      { id: 'same', name: { en: `all at ${SAME}`, zh: `学习率均为 ${SAME}` }, cells: [0, 1, 2] },
      { id: 'all', name: { en: 'all six', zh: '全部六个' }, cells: [0, 1, 2, 3, 4, 5] },
    ],
    columns: 3,
    grid: 64,
    speed: 5,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
