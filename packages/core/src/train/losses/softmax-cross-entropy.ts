import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './targets.ts';

/**
 * TensorFlow's own kernel: losses [batch] and their gradient with respect to the logits [batch, classes], in one pass.
 */
export const FUSED_CROSS_ENTROPY = 'SparseSoftmaxCrossEntropyWithLogits';

/**
 * The mean softmax cross-entropy of logits [batch, classes] and labels [batch] of dtype int32: the mean of
 * log(sum(exp(z))) - z_label, after subtracting the largest logit so that nothing overflows.
 */
export function softmaxCrossEntropyLoss(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const [batch, classes] = logits.shape;
  const loss = tf.customGrad((z, save) => {
    const [losses, gradient] = lossesOf(z as tf.Tensor2D, labels, classes);
    (save as tf.GradSaveFunc)([gradient]);
    return {
      value: tf.mean(losses),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, tf.div(dy, batch)),
    };
  });
  return loss(logits) as tf.Scalar;
}

function lossesOf(logits: tf.Tensor2D, labels: tf.Tensor1D, classes: number): [tf.Tensor1D, tf.Tensor2D] {
  if (tf.getKernel(FUSED_CROSS_ENTROPY, tf.getBackend())) {
    const inputs = { logits, labels } as unknown as tf.NamedTensorMap;
    return tf.engine().runKernel(FUSED_CROSS_ENTROPY, inputs) as [tf.Tensor1D, tf.Tensor2D];
  }
  const targets = oneHot(labels, classes);
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true);
  const losses = tf.sub(tf.log(tf.squeeze(sums, [1])), tf.sum(tf.mul(shifted, targets), 1)) as tf.Tensor1D;
  return [losses, tf.sub(tf.div(exponentials, sums), targets) as tf.Tensor2D];
}

/** exp(z) / sum(exp(z)) by the textbook formula: infinity over infinity where a logit exceeds 88. [batch, classes] */
export function naiveSoftmax(logits: tf.Tensor2D): tf.Tensor2D {
  const exponentials = tf.exp(logits);
  return tf.div(exponentials, tf.sum(exponentials, 1, true));
}

/** The mean of -log(softmax(z)_label), in two steps by the textbook formula: NaN where the softmax is. */
export function naiveSoftmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const targets = oneHot(labels, logits.shape[1]);
  return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.log(naiveSoftmax(logits))), 1))) as tf.Scalar;
}
