import { REPETITION } from './observation.ts';

/** What programs call the seed of a run, in lower case, of a path its last part. */
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
 * Whether a param of a run that another program trained says its seed: what its configuration is repeated over, and no factor.
 * Whorl's own is called `seed`.
 */
export const isSeedParam = (key: string): boolean =>
  key === REPETITION || NAMES.has((/[^./]*$/.exec(key)?.[0] ?? '').toLowerCase());
