import * as tf from '@tensorflow/tfjs-core';
import { oneHot } from './targets.ts';

/**
 * The mean over all elements of (output - target)^2 with one-hot targets (torch.nn.MSELoss): outputs [batch, classes],
 * labels [batch].
 */
export const squaredErrorLoss = (outputs: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar =>
  tf.mean(tf.square(tf.sub(outputs, oneHot(labels, outputs.shape[1])))) as tf.Scalar;
