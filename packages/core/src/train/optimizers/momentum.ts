import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { first, type Rule, withDecay } from './rule.ts';

/**
 * b <- momentum b + g; p <- p - lr b, or with Nesterov's look-ahead p <- p - lr (g + momentum b) (torch/optim/sgd.py
 * without dampening).
 */
const withMomentum =
  (looksAhead: boolean) =>
  ({ weightDecay, momentum: momentumRule }: { readonly weightDecay: number; readonly momentum: number }): Rule => ({
    update: (w, gradient, [buffer], scalars) => {
      const g = withDecay(w, gradient, weightDecay);
      const b = tf.add(tf.mul(buffer as Tensor, momentumRule), g);
      const direction = looksAhead ? tf.add(g, tf.mul(b, momentumRule)) : b;
      return { w: tf.sub(w, tf.mul(direction, first(scalars))), slots: [b] };
    },
  });

export const momentumRule = withMomentum(false);
export const nesterovRule = withMomentum(true);
