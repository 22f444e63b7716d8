import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { first, type RuleOf, withDecay } from './rule.ts';

/** PyTorch's default (torch/optim/adagrad.py). */
const EPS = 1e-10;

/** s <- s + g^2; p <- p - lr g / (sqrt(s) + eps) (Duchi et al. 2011; torch/optim/adagrad.py). */
export const adagradRule: RuleOf<'adagrad'> = ({ weightDecay }) => ({
  update: (w, gradient, [slot], scalars) => {
    const g = withDecay(w, gradient, weightDecay);
    const s = tf.add(slot as Tensor, tf.square(g));
    return { w: tf.sub(w, tf.mul(tf.div(g, tf.add(tf.sqrt(s), EPS)), first(scalars))), slots: [s] };
  },
});
