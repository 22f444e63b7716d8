import * as tf from '@tensorflow/tfjs-core';

/** Labels [batch] as [batch, classes]: 1 in the column of the class, 0 in the others. */
export const oneHot = (labels: tf.Tensor1D, classes: number): tf.Tensor2D =>
  tf.cast(tf.oneHot(labels, classes), 'float32') as tf.Tensor2D;
