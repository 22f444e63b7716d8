import * as tf from '@tensorflow/tfjs-core';
import type { ActivationId } from '../../kinds/activations/index.ts';
import { LEAKY_RELU_SLOPE } from '../../kinds/activations/leaky-relu.ts';

/** The activation functions on tensors; kinds/activations has the formulas. */
const FUNCTIONS = {
  linear: (x) => tf.clone(x), // a layer must not return its input: TF.js frees them one by one
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  relu: tf.relu,
  'leaky-relu': (x) => tf.leakyRelu(x, LEAKY_RELU_SLOPE),
  elu: tf.elu,
  gelu: (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  softplus: tf.softplus,
} satisfies Record<ActivationId, (x: tf.Tensor) => tf.Tensor>;

export const activate = (id: ActivationId, x: tf.Tensor): tf.Tensor => FUNCTIONS[id](x);
