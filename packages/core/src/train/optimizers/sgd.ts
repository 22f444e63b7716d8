import * as tf from '@tensorflow/tfjs-core';
import { first, type RuleOf, withDecay } from './rule.ts';

/** p <- p - lr g (torch/optim/sgd.py without momentum). */
export const sgdRule: RuleOf<'sgd'> = ({ weightDecay }) => ({
  update: (w, g, _, scalars) => ({
    w: tf.sub(w, tf.mul(withDecay(w, g, weightDecay), first(scalars))),
    slots: [],
  }),
});
