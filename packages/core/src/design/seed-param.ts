import { REPETITION } from './observation.ts';

/** What programs call the seed of a run: lower case, the last part of a path. */
const NAMES = new Set([
  'seed',
  'random_seed',
  'randomseed',
  'random_state',
  'rng_seed',
  'manual_seed',
  'global_seed',
  'torch_seed',
  'np_seed',
]);

/**
 * Whether a param, by its name, holds the seed: the number over which a configuration is repeated, hence not a factor.
 * Whorl's own is called `seed`.
 */
export const isSeedParam = (key: string): boolean =>
  key === REPETITION || NAMES.has((/[^./]*$/.exec(key)?.[0] ?? '').toLowerCase());
