import * as tf from '@tensorflow/tfjs-core';
import { first, onlyLr, type RuleOf, withDecay } from './rule.ts';

/** p <- p - lr g (torch/optim/sgd.py without momentum). */
export const sgdRule: RuleOf<'sgd'> = ({ weightDecay }) => ({
  scalars: onlyLr,
  update: (w, g, _, scalars) => ({
    w: tf.sub(w, tf.mul(withDecay(w, g, weightDecay), first(scalars))),
    slots: [],
  }),
});
