import * as tf from '@tensorflow/tfjs-core';

/** Numbers that are new in a step: rows of the data, masks, a learning rate. */
export interface StepInput {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export const inputTensor = ({ shape, values }: StepInput): tf.Tensor =>
  tf.tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');
