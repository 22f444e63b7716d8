import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/schema.ts';

export interface Updated {
  readonly w: Tensor;
  readonly slots: readonly Tensor[];
}

/** The arithmetic of an optimizer on weights `w` and their gradient `g` of the same shape. */
export interface Rule {
  /**
   * @param slots kept state in the shape of the weights, as many as the kind's facts say
   * @param scalars those of optimizers/scalars.ts
   */
  readonly update: (w: Tensor, g: Tensor, slots: readonly Tensor[], scalars: readonly Scalar[]) => Updated;
}

/** Makes the rule for a config of an optimizer. */
export type RuleOf<N extends OptimizerConfig['name'] = OptimizerConfig['name']> = (
  config: Extract<OptimizerConfig, { name: N }>,
) => Rule;

export function first(scalars: readonly Scalar[]): Scalar {
  const [scalar] = scalars;
  if (!scalar) throw new Error('expected the learning rate among the scalars');
  return scalar;
}

/** torch/optim: L2 decay is added to the gradient before anything else. */
export const withDecay = (w: Tensor, g: Tensor, weightDecay: number): Tensor =>
  weightDecay === 0 ? g : tf.add(g, tf.mul(w, weightDecay));
