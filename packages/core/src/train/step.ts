import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { DataSet } from '../data/data-set.ts';
import type { Optimizer } from './optimizers.ts';

/** What a step measures before its update. */
export type Measured = {
  readonly loss: number;
  readonly accuracy: number;
};

/** One update of a model, as TF.js runs it: op by op. */
export interface EagerStep {
  /** All that a step changes: the model's variables, then the optimizer's slots. */
  readonly state: readonly tf.Variable[];
  /** What it reads and does not change: the points and their labels. */
  readonly batch: readonly tf.Tensor[];
  /** The optimizer's numbers of step `step`, which counts from 0. */
  scalars(step: number): readonly number[];
  /** Updates the state and returns the measured numbers as scalars that the caller disposes. */
  run(scalars: readonly tf.Scalar[]): { readonly loss: tf.Scalar; readonly accuracy: tf.Scalar };
  dispose(): void;
}

/** The step of full-batch training with softmax cross-entropy, which is taken from the logits in its stable form. */
export function buildStep(
  model: LayersModel,
  variables: readonly tf.Variable[],
  optimizer: Optimizer,
  data: DataSet,
): EagerStep {
  const x = tf.tensor2d(data.x, [data.count, data.features]);
  const labels = tf.tensor1d(data.labels, 'int32');
  const targets = tf.tidy(() => tf.cast(tf.oneHot(labels, data.classes), 'float32'));
  return {
    state: [...variables, ...optimizer.slots],
    batch: [x, labels, targets],
    scalars: (step) => optimizer.scalars(step + 1),
    run: (scalars) =>
      tf.tidy(() => {
        let logits: tf.Tensor | undefined;
        const { value, grads } = tf.variableGrads(() => {
          logits = tf.keep(model.apply(x, { training: true }) as tf.Tensor);
          return tf.losses.softmaxCrossEntropy(targets, logits) as tf.Scalar;
        }, [...variables]);
        const answers = logits as tf.Tensor;
        const accuracy = tf.mean(tf.cast(tf.equal(tf.argMax(answers, 1), labels), 'float32')) as tf.Scalar;
        optimizer.apply(grads, scalars);
        answers.dispose();
        return { loss: value, accuracy };
      }),
    dispose: () => tf.dispose([x, labels, targets, ...optimizer.slots]),
  };
}
