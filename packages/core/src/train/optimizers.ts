import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../config/schema.ts';

/** Changes variables by their gradients, and keeps what it needs from step to step. */
export interface Optimizer {
  /** What it keeps from step to step beside the variables themselves. */
  readonly slots: readonly Variable[];
  /** The numbers that differ from step to step, computed in double precision; `step` counts from 1. */
  scalars(step: number): readonly number[];
  /** One update of every variable. `gradients` by variable name; `scalars` as tensors. */
  apply(gradients: Record<string, Tensor>, scalars: readonly Scalar[]): void;
}

const ADAM = { beta1: 0.9, beta2: 0.999, eps: 1e-8 }; // PyTorch's defaults; TF.js has eps 1e-7

/** torch/optim: L2 is added to the gradient before anything else looks at it. */
function withDecay(gradient: Tensor, variable: Variable, weightDecay: number): Tensor {
  return weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
}

function gradientOf(gradients: Record<string, Tensor>, variable: Variable): Tensor {
  const gradient = gradients[variable.name];
  if (!gradient) throw new Error(`no gradient for the variable ${variable.name}`);
  return gradient;
}

const zeros = (like: Variable): Variable => tf.tidy(() => tf.variable(tf.zeros(like.shape), false));

/** p <- p - lr g (torch/optim/sgd.py without momentum). */
function sgd({ lr, weightDecay }: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  return {
    slots: [],
    scalars: () => [],
    apply: (gradients) =>
      tf.tidy(() => {
        for (const variable of variables) {
          const gradient = withDecay(gradientOf(gradients, variable), variable, weightDecay);
          variable.assign(tf.sub(variable, tf.mul(gradient, lr)));
        }
      }),
  };
}

/**
 * Kingma and Ba 2015, in the arithmetic of torch/optim/adam.py: the bias corrections are computed in double
 * precision, and eps is added after the corrected square root.
 */
function adam({ lr, weightDecay }: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  const { beta1, beta2, eps } = ADAM;
  const moments = variables.map((variable) => ({ variable, m: zeros(variable), v: zeros(variable) }));
  return {
    slots: moments.flatMap(({ m, v }) => [m, v]),
    scalars: (step) => [lr / (1 - beta1 ** step), Math.sqrt(1 - beta2 ** step)],
    apply: (gradients, [stepSize, root]) =>
      tf.tidy(() => {
        if (!stepSize || !root) throw new Error('adam: expected the step size and the root of the second correction');
        for (const { variable, m, v } of moments) {
          const gradient = withDecay(gradientOf(gradients, variable), variable, weightDecay);
          m.assign(tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1)));
          v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
          const denominator = tf.add(tf.div(tf.sqrt(v), root), eps);
          variable.assign(tf.sub(variable, tf.mul(tf.div(m, denominator), stepSize)));
        }
      }),
  };
}

const OPTIMIZERS = { sgd, adam } satisfies Record<OptimizerConfig['name'], unknown>;

export function buildOptimizer(config: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  return OPTIMIZERS[config.name](config, variables);
}
