import { boundsAt, type Config } from '@whorl/core';
import type { Control } from '../model/plan.ts';
import { RATE_STOPS } from '../model/rate-stops.ts';

/** The seed of all trainings of a lab. */
export const seedControl = ({ seed }: Config): Control => ({
  kind: 'number',
  name: 'seed',
  path: 'seed',
  fallback: seed,
  bounds: boundsAt('seed'),
});

/** The learning rate of all trainings of a lab. */
export const rateControl = ({ optimizer }: Config, fallback: number = optimizer.lr): Control => ({
  kind: 'rate',
  name: 'lr',
  path: 'optimizer.lr',
  fallback,
  bounds: boundsAt('optimizer.lr'),
  stops: RATE_STOPS,
});

/** Words of the config as what may be chosen. */
export const optionsOf = (...words: readonly string[]) => words.map((word) => ({ name: word, value: word }));

/** How the weights of all trainings of a lab are drawn. */
export const INIT_CONTROL: Control = {
  kind: 'choice',
  name: 'init',
  path: 'model.init',
  fallback: 'pytorch',
  options: optionsOf('pytorch', 'xavier', 'he'),
};

/** What stands around the layers of all trainings of a lab. */
export const BLOCK_CONTROL: Control = {
  kind: 'choice',
  name: 'block',
  path: 'model.block',
  fallback: 'plain',
  options: optionsOf('plain', 'residual', 'batch-norm', 'residual-batch-norm'),
};
