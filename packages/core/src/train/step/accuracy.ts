import * as tf from '@tensorflow/tfjs-core';

/** The largest float32: only infinity is above it, and NaN is nowhere. */
const LARGEST = 3.4028235e38;

/**
 * The share of rows whose largest logit is the one of their class; NaN where the loss is not finite, as it is of every loss
 * here where a logit is not. To an argmax the largest of numbers that are none is the first class: a network that
 * diverged would be right wherever that is.
 * @param logits [rows, classes]
 * @param labels [rows], classes
 * @param loss the mean loss, a scalar
 */
export function accuracyOf(logits: tf.Tensor2D, labels: tf.Tensor1D, loss: tf.Tensor): tf.Tensor {
  const right = tf.mean(tf.cast(tf.equal(tf.argMax(logits, 1), labels), 'float32'));
  return tf.where(tf.lessEqual(tf.abs(loss), LARGEST), right, Number.NaN);
}
