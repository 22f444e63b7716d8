import * as tf from '@tensorflow/tfjs-core';

/** The largest float32: only infinity is larger, and NaN compares with nothing. */
const LARGEST = 3.4028235e38;

/**
 * The share of rows whose largest logit is that of their class; NaN where the loss is not finite, which every loss here
 * is not as soon as a logit is not. Argmax would take the first class for the largest of NaNs: a diverged network would
 * be right wherever that is the class.
 * @param logits [rows, classes]
 * @param labels [rows], classes
 * @param loss the mean loss, a scalar
 */
export function accuracyOf(logits: tf.Tensor2D, labels: tf.Tensor1D, loss: tf.Tensor): tf.Tensor {
  const right = tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'));
  return tf.where(tf.lessEqual(tf.abs(loss), LARGEST), right, Number.NaN);
}
