import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { Batches } from '../batches/batches.ts';
import { inputsOfStep } from '../batches/inputs-of-step.ts';
import type { StepInput } from '../batches/step-input.ts';
import type { MaskedDropout } from '../layers/layers.ts';
import type { Loss } from '../losses/index.ts';
import type { Optimizer } from '../optimizers/optimizers.ts';
import type { LayerProbe } from '../probes/layers.ts';
import { accuracyOf } from './accuracy.ts';

/** One update of a model. */
export interface Step {
  /** What the step was built from, where that is a model: an engine with its own kernels makes programs from it. */
  readonly of?: StepOf;
  /** All that a step changes: the model's variables, trained ones first, then the optimizer's slots. */
  readonly state: readonly tf.Variable[];
  /** How many of the state's variables are trained. */
  readonly trained: number;
  /** What every step reads and none changes: the rows and their labels. */
  readonly constants: readonly tf.Tensor[];
  /** The names of the numbers that a step measures before its update. */
  readonly measures: readonly string[];
  /** The same key for steps whose inputs have the same shapes; `step` counts from 0. */
  shapeKey(step: number): string;
  /** The inputs of step `step`. Repeated calls give the same. */
  inputs(step: number): readonly StepInput[];
  /** Updates the state, and returns the measured numbers, a vector of `measures.length` that the caller disposes. */
  run(inputs: readonly tf.Tensor[]): tf.Tensor1D;
  dispose(): void;
}

export interface StepOf {
  readonly config: Config;
  readonly model: LayersModel;
  /** The variables with respect to which the loss is differentiated. */
  readonly trainable: readonly tf.Variable[];
  /** Further variables that a forward pass changes, such as running means. */
  readonly running: readonly tf.Variable[];
  readonly dropouts: readonly MaskedDropout[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly data: DataSet;
  readonly batches: Batches;
  /**
   * Where pictures are augmented: the pictures of a step, changed at random, in place of its rows: [rows, ...shape].
   */
  readonly augment?: ((step: number, rows: Int32Array | null) => Float32Array) | undefined;
  /** The learning rate at each step. */
  readonly lr: (step: number) => number;
  /** Measures more than loss and accuracy. */
  readonly probe?: LayerProbe | undefined;
}

/** The training step of a classifier on batches. */
export function buildStep(of: StepOf): Step {
  const { model, trainable, running, dropouts, loss, optimizer, data, batches, augment, lr, probe } = of;
  const x = tf.tensor(data.x, [data.count, ...data.shape]);
  const labels = tf.tensor1d(data.labels, 'int32');
  const variables = [...trainable];
  const masks = dropouts.map((dropout) => (step: number, rows: number) => dropout.draw(step, rows));
  const sources = { batches, shape: data.shape, augment, masks, scalars: optimizer.scalars, lr };
  return {
    of,
    state: [...trainable, ...running, ...optimizer.slots],
    trained: trainable.length,
    constants: [x, labels],
    measures: ['loss', 'accuracy', ...(probe?.measures ?? [])],
    shapeKey: (step) => String(batches.size(step)),
    inputs: (step) => inputsOfStep(sources, step),
    run: (inputs) =>
      tf.tidy(() => {
        const given = [...inputs];
        const rows = batches.full ? undefined : (given.shift() as tf.Tensor1D);
        const augmented = augment ? given.shift() : undefined;
        const batch = augmented ?? (rows ? tf.gather(x, rows) : x);
        const answers = rows ? tf.gather(labels, rows) : labels;
        for (const dropout of dropouts) dropout.mask = given.shift();
        let logits: tf.Tensor2D | undefined;
        const { value, grads } = tf.variableGrads(() => {
          const forward = () => model.apply(batch, { training: true }) as tf.Tensor2D;
          logits = tf.keep(probe ? probe.watch(forward) : forward());
          return loss.mean(logits, answers);
        }, variables);
        const answered = logits as tf.Tensor2D;
        const accuracy = accuracyOf(answered, answers as tf.Tensor1D, value);
        const probed = probe?.measure(grads) ?? [];
        optimizer.apply(grads, given as tf.Scalar[]);
        answered.dispose();
        for (const dropout of dropouts) dropout.mask = undefined;
        return tf.stack([value, accuracy, ...probed]) as tf.Tensor1D;
      }),
    dispose: () => tf.dispose([x, labels, ...optimizer.slots]),
  };
}
