import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { first, type RuleOf, withDecay } from './rule.ts';

// PyTorch's defaults (torch/optim/rmsprop.py).
const ALPHA = 0.99;
const EPS = 1e-8;

/** v <- alpha v + (1 - alpha) g^2; p <- p - lr g / (sqrt(v) + eps) (torch/optim/rmsprop.py). */
export const rmspropRule: RuleOf<'rmsprop'> = ({ weightDecay }) => ({
  update: (w, gradient, [slot], scalars) => {
    const g = withDecay(w, gradient, weightDecay);
    const v = tf.add(tf.mul(slot as Tensor, ALPHA), tf.mul(tf.square(g), 1 - ALPHA));
    return { w: tf.sub(w, tf.mul(tf.div(g, tf.add(tf.sqrt(v), EPS)), first(scalars))), slots: [v] };
  },
});
