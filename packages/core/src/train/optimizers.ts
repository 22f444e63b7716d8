import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerConfig } from '../config/schema.ts';

/** Changes variables by their gradients, and keeps what it needs from step to step. */
export interface Optimizer {
  /** One update of every variable. `gradients` by variable name. */
  apply(gradients: Record<string, Tensor>): void;
  dispose(): void;
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
    apply: (gradients) =>
      tf.tidy(() => {
        for (const variable of variables) {
          const gradient = withDecay(gradientOf(gradients, variable), variable, weightDecay);
          variable.assign(tf.sub(variable, tf.mul(gradient, lr)));
        }
      }),
    dispose: () => {},
  };
}

/**
 * Kingma and Ba 2015, in the arithmetic of torch/optim/adam.py: the bias corrections are computed in double
 * precision, and eps is added after the corrected square root.
 */
function adam({ lr, weightDecay }: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  const { beta1, beta2, eps } = ADAM;
  const slots = variables.map((variable) => ({
    variable,
    m: zeros(variable),
    v: zeros(variable),
  }));
  let step = 0;
  return {
    apply: (gradients) => {
      step += 1;
      const stepSize = lr / (1 - beta1 ** step);
      const root = Math.sqrt(1 - beta2 ** step);
      tf.tidy(() => {
        for (const { variable, m, v } of slots) {
          const gradient = withDecay(gradientOf(gradients, variable), variable, weightDecay);
          m.assign(tf.add(m, tf.mul(tf.sub(gradient, m), 1 - beta1)));
          v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
          const denominator = tf.add(tf.div(tf.sqrt(v), root), eps);
          variable.assign(tf.sub(variable, tf.mul(tf.div(m, denominator), stepSize)));
        }
      });
    },
    dispose: () => {
      for (const { m, v } of slots) tf.dispose([m, v]);
    },
  };
}

const OPTIMIZERS = { sgd, adam } satisfies Record<OptimizerConfig['name'], unknown>;

export function buildOptimizer(config: OptimizerConfig, variables: readonly Variable[]): Optimizer {
  return OPTIMIZERS[config.name](config, variables);
}
