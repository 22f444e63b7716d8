import { trainingStudy } from '@whorl/core';
import { PALETTE } from '#src/charts/colours.ts';
import type { LabCell, LabPlan } from '../model/plan.ts';
import { rateControl, seedControl } from './common-controls.ts';

const lookAt = (i: number, stroke: LabCell['look']['stroke'] = 'solid'): LabCell['look'] => ({
  colour: PALETTE[i] as LabCell['look']['colour'],
  stroke,
});

/** One training, the same again, the same with its sums in another order, and with another seed. */
export function repeatabilityPlan(): LabPlan {
  const { defaults } = trainingStudy('repeatability');
  return {
    id: 'repeatability',
    defaults,
    cells: [
      { name: { en: 'once', zh: '第一次' }, values: {}, look: lookAt(7) },
      { name: { en: 'again', zh: '再来一次' }, values: {}, look: lookAt(1, 'dashed') },
      {
        name: { en: 'sums in another order', zh: '换一种相加顺序' },
        values: {},
        backwards: true,
        look: lookAt(0),
      },
      { name: { en: 'the next seed', zh: '下一个种子' }, values: {}, plus: { seed: 1 }, look: lookAt(2) },
    ],
    controls: [seedControl(defaults), rateControl(defaults)],
    extras: ['drift'],
    columns: 2,
    grid: 48,
    speed: 5,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
