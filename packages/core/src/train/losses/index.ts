import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LossConfig } from '../../config/schema.ts';
import { naiveSigmoidCrossEntropy, sigmoidCrossEntropyLoss } from './sigmoid-cross-entropy.ts';
import { naiveSoftmax, naiveSoftmaxCrossEntropy, softmaxCrossEntropyLoss } from './softmax-cross-entropy.ts';
import { squaredErrorLoss } from './squared-error.ts';

/** A loss: what training minimises. */
export interface Loss {
  /** The mean loss of logits [batch, classes] and labels [batch] of dtype int32. */
  mean(logits: Tensor2D, labels: Tensor1D): Scalar;
  /** The probabilities that this loss makes of the logits, [batch, classes], between 0 and 1. */
  probabilities(logits: Tensor2D): Tensor2D;
}

type Of<N extends LossConfig['name']> = Extract<LossConfig, { name: N }>;

const LOSSES = {
  'softmax-cross-entropy': ({ stable }) => ({
    mean: stable ? softmaxCrossEntropyLoss : naiveSoftmaxCrossEntropy,
    probabilities: (logits) => (stable ? tf.softmax(logits) : naiveSoftmax(logits)),
  }),
  'sigmoid-cross-entropy': ({ stable }) => ({
    mean: stable ? sigmoidCrossEntropyLoss : naiveSigmoidCrossEntropy,
    probabilities: (logits) => tf.sigmoid(logits),
  }),
  'softmax-squared-error': ({ stable }) => {
    const softmax = (logits: Tensor2D) => (stable ? tf.softmax(logits) : naiveSoftmax(logits));
    return { mean: (logits, labels) => squaredErrorLoss(softmax(logits), labels), probabilities: softmax };
  },
  'squared-error': () => ({
    mean: squaredErrorLoss,
    // Nothing else keeps raw outputs between 0 and 1.
    probabilities: (logits) => tf.clipByValue(logits, 0, 1),
  }),
} satisfies { [N in LossConfig['name']]: (config: Of<N>) => Loss };

export const buildLoss = (config: LossConfig): Loss => (LOSSES[config.name] as (config: LossConfig) => Loss)(config);
