import type { OptimizerConfig } from '../../config/schema.ts';
import { wholePower } from '../../random/exact-math.ts';
import { BETA1, BETA2 } from './adam-constants.ts';

/** The numbers of an update that may differ from step to step, in double precision; `step` counts from 1. */
export type Scalars = (step: number, lr: number) => readonly number[];

const onlyLr: Scalars = (_, lr) => [lr];

/** Adam's step size and the root of the second moment's correction (Kingma and Ba 2015). */
const corrections: Scalars = (step, lr) => [lr / (1 - wholePower(BETA1, step)), Math.sqrt(1 - wholePower(BETA2, step))];

type ScalarsOf<N extends OptimizerConfig['name']> = (config: Extract<OptimizerConfig, { name: N }>) => Scalars;

/** For the optimizers that need more than the learning rate. */
const SCALARS: { readonly [N in OptimizerConfig['name']]?: ScalarsOf<N> } = {
  adam: () => corrections,
  adamw:
    ({ weightDecay }) =>
    (step, lr) => [...corrections(step, lr), 1 - lr * weightDecay],
};

export const scalarsOf = (config: OptimizerConfig): Scalars =>
  (SCALARS[config.name] as ((config: OptimizerConfig) => Scalars) | undefined)?.(config) ?? onlyLr;
