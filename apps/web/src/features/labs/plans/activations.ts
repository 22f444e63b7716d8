import { ACTIVATION_IDS, ACTIVATIONS, sameText, trainingStudy } from '@whorl/core';
import { looksBy } from '#src/charts/looks.ts';
import type { ActivationGraph, LabPlan } from '../model/plan.ts';
import { rateControl, seedControl } from './common-controls.ts';

const REACH = 4;
const PLACES = 81;
const HALF_STEP = 1e-4;

const lookOf = looksBy(['model.activation'], new Map([['model.activation', ACTIVATION_IDS]]));

/** The function of an activation and its slope, by central differences. */
function graphOf(f: (x: number) => number): ActivationGraph {
  const places = Array.from({ length: PLACES }, (_, i) => REACH * ((2 * i) / (PLACES - 1) - 1));
  return {
    reach: REACH,
    values: places.map(f),
    slopes: places.map((x) => (f(x + HALF_STEP) - f(x - HALF_STEP)) / (2 * HALF_STEP)),
  };
}

/** The same network and seed with each activation function. */
export function activationsPlan(): LabPlan {
  const { defaults } = trainingStudy('activations');
  return {
    id: 'activations',
    defaults,
    cells: ACTIVATION_IDS.map((id) => ({
      name: sameText(ACTIVATIONS[id].label),
      values: { 'model.activation': id },
      look: lookOf(() => id),
      graph: graphOf(ACTIVATIONS[id].facts.f),
    })),
    controls: [seedControl(defaults), rateControl(defaults, 0.01)],
    extras: ['dead', 'units'],
    columns: 3,
    grid: 48,
    speed: 10,
    steps: defaults.epochs,
    mostSteps: defaults.epochs,
  };
}
