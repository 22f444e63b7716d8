import { buildConfig, shapeOf, trainingStudy } from '@whorl/core';
import { networkCost } from '@whorl/core/trainer';
import { PALETTE } from '#src/charts/colours.ts';
import type { LabPlan } from '../model/plan.ts';
import { optionsOf, seedControl } from './common-controls.ts';

const DEEPEST = 8;
/** Layers at first: a residual block needs two. */
const FIRST = 3;
const [PLAIN, RESIDUAL] = [PALETTE[1], PALETTE[0]] as const;

const nameOf = (hidden: readonly number[]): string => `${hidden.length} × ${hidden[0]}`;
const SHAPES = Array.from({ length: DEEPEST }, (_, i) => shapeOf(i + 1));

/** A point of the plane, of one of two classes. */
const POINT = { shape: [2], features: 2, classes: 2 } as const;

/** Networks of equally many parameters, from one wide layer to eight narrow ones. */
export function widthVsDepthPlan(): LabPlan {
  const { defaults } = trainingStudy('width-vs-depth');
  return {
    id: 'width-vs-depth',
    defaults,
    cells: [
      {
        name: { en: 'plain', zh: '普通' },
        values: { 'model.block': 'plain' },
        look: { colour: PLAIN as NonNullable<typeof PLAIN>, stroke: 'solid' },
      },
      {
        name: { en: 'residual', zh: '残差' },
        values: { 'model.block': 'residual' },
        look: { colour: RESIDUAL as NonNullable<typeof RESIDUAL>, stroke: 'solid' },
      },
    ],
    controls: [
      {
        kind: 'order',
        name: 'shape',
        path: 'model.hidden',
        fallback: nameOf(SHAPES[FIRST - 1] as number[]),
        options: SHAPES.map((hidden) => ({ name: nameOf(hidden), value: hidden })),
      },
      {
        kind: 'choice',
        name: 'data',
        path: 'data.name',
        fallback: defaults.data.name,
        options: optionsOf('checkerboard', 'moons', 'circles'),
      },
      seedControl(defaults),
    ],
    walk: {
      by: 'shape',
      positions: SHAPES.map((hidden) => ({
        id: nameOf(hidden),
        cost: networkCost(buildConfig(defaults, { 'model.hidden': hidden }), POINT),
      })),
    },
    extras: ['units'],
    columns: 2,
    grid: 64,
    speed: 5,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
