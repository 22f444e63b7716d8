import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './targets.ts';

/**
 * Binary cross-entropy for each class: the mean over all elements of max(z, 0) - z t + log(1 + exp(-|z|)), with one-hot
 * targets t (torch.nn.BCEWithLogitsLoss). The exponent is never positive, so nothing overflows. logits [batch,
 * classes], labels [batch].
 */
export function sigmoidCrossEntropyLoss(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const loss = tf.customGrad((z, save) => {
    const targets = oneHot(labels, logits.shape[1]);
    (save as tf.GradSaveFunc)([tf.sub(tf.sigmoid(z as tf.Tensor), targets)]);
    const losses = tf.add(
      tf.sub(tf.relu(z as tf.Tensor), tf.mul(z as tf.Tensor, targets)),
      tf.log1p(tf.exp(tf.neg(tf.abs(z as tf.Tensor)))),
    );
    return {
      value: tf.mean(losses),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0] as tf.Tensor, tf.div(dy, logits.size)),
    };
  });
  return loss(logits) as tf.Scalar;
}

/**
 * The same by the textbook formula, -t log s - (1 - t) log(1 - s) with s = sigmoid(z): 0 times infinity for large z.
 */
export function naiveSigmoidCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  const targets = oneHot(labels, logits.shape[1]);
  const s = tf.sigmoid(logits);
  const losses = tf.add(tf.mul(targets, tf.log(s)), tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, s))));
  return tf.neg(tf.mean(losses)) as tf.Scalar;
}
