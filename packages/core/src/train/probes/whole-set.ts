import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../../data/data-set.ts';
import type { Loss } from '../losses/index.ts';

/**
 * How many rows pass through the model at once: the outputs of a wide layer for 60,000 rows would not fit into memory.
 */
const ROWS_AT_ONCE = 1024;

/** The result of a model on all rows of a data set, in inference mode: without dropout, with running means. */
export interface WholeSet {
  /** The mean over the rows; not finite where one row's loss is not. */
  readonly loss: number;
  /**
   * The share of rows whose largest logit is that of their class; NaN where the loss is not finite, as in
   * train/step/accuracy.ts.
   */
  readonly accuracy: number;
  /** [rows]: 1 where a row is classified correctly, else 0. Meaningful where the loss is finite. */
  readonly right: Uint8Array;
  /** [rows]: the largest probability of each row. */
  readonly confidences: Float32Array;
}

export function measureSet(model: LayersModel, data: DataSet, loss: Loss): WholeSet {
  const right = new Uint8Array(data.count);
  const confidences = new Float32Array(data.count);
  let sum = 0;
  for (let first = 0; first < data.count; first += ROWS_AT_ONCE) {
    const count = Math.min(ROWS_AT_ONCE, data.count - first);
    const part = data.labels.subarray(first, first + count);
    const [mean, answers, likeliest] = tf.tidy(() => {
      const rows = data.x.subarray(first * data.features, (first + count) * data.features);
      const logits = model.apply(tf.tensor(rows, [count, ...data.shape])) as tf.Tensor2D;
      const labels = tf.tensor1d(part, 'int32');
      return [loss.mean(logits, labels), tf.argMax(logits, 1), tf.max(loss.probabilities(logits), 1)];
    }) as [tf.Scalar, tf.Tensor1D, tf.Tensor1D];
    sum += (mean.dataSync()[0] as number) * count;
    for (const [row, answer] of answers.dataSync().entries()) right[first + row] = Number(answer === part[row]);
    confidences.set(likeliest.dataSync(), first);
    tf.dispose([mean, answers, likeliest]);
  }
  const correct = right.reduce((total, one) => total + one, 0);
  const mean = sum / data.count;
  return { loss: mean, accuracy: Number.isFinite(mean) ? correct / data.count : Number.NaN, right, confidences };
}
