import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../../config/schema.ts';

export interface Updated {
  readonly w: Tensor;
  readonly slots: readonly Tensor[];
}

/** The arithmetic of an optimizer on weights `w` and their gradient `g`, both of one shape. */
export interface Rule {
  /**
   * @param slots what it keeps, of the weights' shape: as many as its kind's facts say
   * @param scalars those of optimizers/scalars.ts
   */
  readonly update: (w: Tensor, g: Tensor, slots: readonly Tensor[], scalars: readonly Scalar[]) => Updated;
}

/** The rule that a config of this optimizer, or of one of these, asks for. */
export type RuleOf<N extends OptimizerConfig['name'] = OptimizerConfig['name']> = (
  config: Extract<OptimizerConfig, { name: N }>,
) => Rule;

export function first(scalars: readonly Scalar[]): Scalar {
  const [scalar] = scalars;
  if (!scalar) throw new Error('expected the learning rate among the scalars');
  return scalar;
}

/** torch/optim: L2 is added to the gradient before anything else looks at it. */
export const withDecay = (w: Tensor, g: Tensor, weightDecay: number): Tensor =>
  weightDecay === 0 ? g : tf.add(g, tf.mul(w, weightDecay));
