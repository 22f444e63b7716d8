import { buildConfig, trainingStudy } from '@whorl/core';
import { looksBy } from '#src/charts/looks.ts';
import type { LabPlan } from '../model/plan.ts';
import { seedControl } from './common-controls.ts';

const NETWORKS = [
  ['MLP', { 'model.name': 'mlp', 'model.hidden': [78], 'model.activation': 'relu' }],
  ['CNN', { 'model.name': 'lenet', 'model.activation': 'relu' }],
] as const;

const lookOf = looksBy(
  ['model.name', 'data.permuted'],
  new Map<string, readonly (string | boolean)[]>([
    ['model.name', ['mlp', 'lenet']],
    ['data.permuted', [false, true]],
  ]),
);

/** Both networks, with pixels in order and permuted. */
export function mlpVsCnnPlan(): LabPlan {
  const { defaults } = trainingStudy('mlp-vs-cnn');
  return {
    id: 'mlp-vs-cnn',
    defaults,
    cells: [false, true].flatMap((isPermuted) =>
      NETWORKS.map(([name, network]) => {
        const values = { ...network, ...(isPermuted && { 'data.permuted': true }) };
        const { model } = buildConfig(defaults, values);
        return {
          name: isPermuted
            ? { en: `${name}, permuted`, zh: `${name}，打乱` }
            : { en: `${name}, in order`, zh: `${name}，原序` },
          values,
          look: lookOf((path) => (path === 'model.name' ? model.name : isPermuted)),
        };
      }),
    ),
    controls: [
      {
        kind: 'choice',
        name: 'digits',
        path: 'data.n',
        fallback: '1000',
        options: ['100', '300', '1000', '4000'].map((name) => ({ name, value: Number(name) })),
      },
      seedControl(defaults),
    ],
    extras: [],
    columns: 2,
    grid: 0,
    speed: 5,
    steps: 640,
    mostSteps: 640,
  };
}
