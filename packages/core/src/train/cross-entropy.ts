import * as tf from '@tensorflow/tfjs-core';

/** TensorFlow's own kernel: the losses [batch] and their gradient by the logits [batch, classes], in one pass. */
export const FUSED_CROSS_ENTROPY = 'SparseSoftmaxCrossEntropyWithLogits';

/**
 * The mean softmax cross-entropy of logits [batch, classes] and labels [batch] of dtype int32: the mean of
 * log(sum(exp(z))) - z_label, with the largest logit taken off first so that nothing overflows.
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
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
  const targets = tf.cast(tf.oneHot(labels, classes), 'float32');
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, 1, true);
  const losses = tf.sub(tf.log(tf.squeeze(sums, [1])), tf.sum(tf.mul(shifted, targets), 1)) as tf.Tensor1D;
  return [losses, tf.sub(tf.div(exponentials, sums), targets) as tf.Tensor2D];
}
