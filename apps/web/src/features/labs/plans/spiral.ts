import { ACTIVATIONS, KINDS, sameText, trainingStudy } from '@whorl/core';
import { looksBy } from '#src/charts/looks.ts';
import type { LabPlan } from '../model/plan.ts';
import { rateControl, seedControl } from './common-controls.ts';

const ACTIVATION = ['linear', 'relu'] as const;
const OPTIMIZER = ['sgd', 'adam'] as const;

const lookOf = looksBy(
  ['model.activation', 'optimizer.name'],
  new Map<string, readonly string[]>([
    ['model.activation', ACTIVATION],
    ['optimizer.name', OPTIMIZER],
  ]),
);

/** The four networks of the course's claim, trained together. */
export function spiralPlan(): LabPlan {
  const { defaults } = trainingStudy('spiral');
  return {
    id: 'spiral',
    defaults,
    cells: ACTIVATION.flatMap((activation) =>
      OPTIMIZER.map((optimizer) => {
        const values = { 'model.activation': activation, 'optimizer.name': optimizer };
        return {
          name: sameText(`${ACTIVATIONS[activation].label} · ${KINDS.optimizer[optimizer].label}`),
          values,
          look: lookOf((path) => values[path as keyof typeof values]),
        };
      }),
    ),
    controls: [seedControl(defaults), rateControl(defaults)],
    extras: ['units'],
    columns: 2,
    grid: 64,
    speed: 10,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
