import type { Observation } from '../design/observation.ts';
import { own } from '../design/own.ts';

/**
 * The variance that all seeds of some runs have in common, as a share of one seed's. Seeds that split one file again
 * train and test on largely the same rows: they are not independent samples, and more of them tell less than they seem
 * to. The variance of a mean is then 1/n + holdout/(1 - holdout) times that of one seed (Nadeau and Bengio 2003). 0
 * where each seed makes its own data.
 */
export const sharedVariance = (runs: readonly Pick<Observation, 'params'>[]): number =>
  runs.reduce((most, { params }) => {
    const held = own(params, 'data.name') === 'csv' ? own(params, 'data.holdout') : undefined;
    return typeof held === 'number' && held > 0 && held < 1 ? Math.max(most, held / (1 - held)) : most;
  }, 0);

/** The paths that {@link sharedVariance} reads. */
export const SPLIT_PATHS = ['data.name', 'data.holdout'] as const;
