import { ladderRungs, trainingStudy } from '@whorl/core';
import { PALETTE } from '#src/charts/colours.ts';
import type { LabPlan } from '../model/plan.ts';
import { seedControl } from './common-controls.ts';
import { digitCost } from './digit-cost.ts';

const [FIRST, OTHER] = [PALETTE[1], PALETTE[0]] as [(typeof PALETTE)[number], (typeof PALETTE)[number]];
/** The quick plan's: its recorded runs stand beside. */
const COMMON = { 'data.n': 2000, epochs: 20 } as const;

/** LeNet, and beside it a rung of the ladder to the small AlexNet. */
export function lenetVsAlexnetPlan(): LabPlan {
  const study = trainingStudy('lenet-vs-alexnet');
  const rungs = ladderRungs().map(({ name, values }, i) => ({ id: String(i), name, values }));
  const lenet = rungs.findIndex(({ name }) => name.en === 'LeNet');
  const values = Object.fromEntries(rungs.map(({ id, values }) => [id, values]));
  return {
    id: 'lenet-vs-alexnet',
    defaults: study.defaults,
    cells: [
      {
        name: { en: 'LeNet', zh: 'LeNet' },
        values: { ...COMMON, ...values[lenet] },
        look: { colour: FIRST, stroke: 'solid' },
      },
      {
        name: { en: 'The rung', zh: '所选的一级' },
        values: COMMON,
        chosen: { by: 'rung', values },
        look: { colour: OTHER, stroke: 'solid' },
      },
    ],
    controls: [
      {
        kind: 'choice',
        name: 'rung',
        path: null,
        fallback: String(rungs.length - 1),
        options: rungs.map(({ id, name }) => ({ name: id, value: id, label: name })),
      },
      seedControl(study.defaults),
    ],
    extras: ['maps'],
    ladder: {
      by: 'rung',
      first: String(lenet),
      rungs: rungs.map(({ id, name, values }) => ({ id, name, cost: digitCost(study.defaults, values) })),
    },
    columns: 2,
    grid: 0,
    speed: 5,
    steps: 640,
    mostSteps: 640,
  };
}
