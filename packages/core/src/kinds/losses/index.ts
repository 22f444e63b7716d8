import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';
import { softmaxSquaredError } from './softmax-squared-error.ts';
import { squaredError } from './squared-error.ts';

export const LOSSES = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'sigmoid-cross-entropy': sigmoidCrossEntropy,
  'softmax-squared-error': softmaxSquaredError,
  'squared-error': squaredError,
} as const;
