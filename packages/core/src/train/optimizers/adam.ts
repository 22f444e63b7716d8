import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { BETA1, BETA2, EPS } from './adam-constants.ts';
import { type RuleOf, type Updated, withDecay } from './rule.ts';

const first2 = (tensors: readonly Tensor[]): [Tensor, Tensor] => [tensors[0] as Tensor, tensors[1] as Tensor];

/** Adam's moments and step, with the arithmetic of torch/optim/adam.py: eps is added after the corrected root. */
function adamStep(w: Tensor, g: Tensor, slots: readonly Tensor[], scalars: readonly Scalar[]): Updated {
  const [m0, v0] = first2(slots);
  const [stepSize, root] = first2(scalars);
  const m = tf.add(m0, tf.mul(tf.sub(g, m0), 1 - BETA1));
  const v = tf.add(tf.mul(v0, BETA2), tf.mul(tf.square(g), 1 - BETA2));
  const denominator = tf.add(tf.div(tf.sqrt(v), root), EPS);
  return { w: tf.sub(w, tf.mul(tf.div(m, denominator), stepSize)), slots: [m, v] };
}

/** Kingma and Ba 2015; bias corrections are computed in double precision. */
export const adamRule: RuleOf<'adam'> = ({ weightDecay }) => ({
  update: (w, g, slots, scalars) => adamStep(w, withDecay(w, g, weightDecay), slots, scalars),
});

/**
 * Loshchilov and Hutter 2019: decay, p <- p - lr weightDecay p, is applied apart from the gradient
 * (torch/optim/adamw.py).
 */
export const adamwRule: RuleOf<'adamw'> = () => ({
  update: (w, g, slots, scalars) => adamStep(tf.mul(w, scalars[2] as Tensor), g, slots, scalars),
});
