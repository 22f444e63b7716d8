import * as tf from '@tensorflow/tfjs-core';
import type { Config } from '../config/schema.ts';
import type { DataSet } from '../data/data-set.ts';
import { makeData } from '../data/index.ts';
import { Rng } from '../rng.ts';
import type { Engine } from './engines/engine.ts';
import { buildModel, trainableVariables } from './model.ts';
import { buildOptimizer } from './optimizers.ts';
import { type BoundaryFrame, boundaryProbe } from './probes/boundary.ts';

/** What one step measured, before its update: step 0 is the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly metrics: { readonly loss: number; readonly accuracy: number };
}

export interface TrainOptions {
  readonly engine: Engine;
  readonly onStep?: (measured: StepMetrics) => void;
  readonly onBoundary?: (frame: BoundaryFrame) => void;
  /** The numbers of updates after which to look at the decision boundary. */
  readonly boundarySteps?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface TrainResult {
  readonly status: 'finished' | 'interrupted';
  /** Updates made. */
  readonly steps: number;
  /** The trained weights, layer by layer: kernel [in, out], bias [out]. */
  readonly weights: readonly Float32Array[];
}

/** The data set of a config, drawn from the stream `data` of its seed. */
export function dataOf(config: Config): DataSet {
  return makeData(config.data, Rng.of(config.seed).split('data'));
}

/** The weights that a run of this config starts from, layer by layer: kernel [in, out], bias [out]. */
export function initialWeights(config: Config): Float32Array[] {
  const data = dataOf(config);
  const model = modelOf(config, data);
  try {
    return readWeights(trainableVariables(model));
  } finally {
    model.dispose();
  }
}

const modelOf = (config: Config, data: DataSet) =>
  buildModel(config.model, data.features, data.classes, Rng.of(config.seed).split('init'));

const readWeights = (variables: readonly tf.Variable[]): Float32Array[] =>
  variables.map((variable) => Float32Array.from(variable.dataSync()));

/** Lets timers, signals and sockets have their turn without waiting for them. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });

const STEPS_PER_TURN = 10;

/**
 * Trains one config. The same config on the same engine gives the same numbers: everything random comes from
 * named streams of the seed.
 */
export async function train(config: Config, options: TrainOptions): Promise<TrainResult> {
  const { onStep, onBoundary, signal, boundarySteps = [] } = options;
  const data = dataOf(config);
  const model = modelOf(config, data);
  const variables = trainableVariables(model);
  const optimizer = buildOptimizer(config.optimizer, variables);
  const x = tf.tensor2d(data.x, [data.count, data.features]);
  const labels = tf.tensor1d(data.labels, 'int32');
  const targets = tf.tidy(() => tf.cast(tf.oneHot(labels, data.classes), 'float32'));
  const lookAtBoundary = onBoundary && boundaryProbe(model, data);
  const probeAt = new Set(boundarySteps);
  const probe = (step: number) => {
    if (lookAtBoundary && probeAt.has(step)) onBoundary(lookAtBoundary(step));
  };
  let step = 0;
  try {
    while (step < config.epochs && !signal?.aborted) {
      probe(step);
      const metrics = tf.tidy(() => {
        let logits: tf.Tensor | undefined;
        const { value, grads } = tf.variableGrads(() => {
          logits = tf.keep(model.apply(x, { training: true }) as tf.Tensor);
          return tf.losses.softmaxCrossEntropy(targets, logits) as tf.Scalar;
        }, variables);
        const answers = logits as tf.Tensor;
        const accuracy = tf.mean(tf.cast(tf.equal(tf.argMax(answers, 1), labels), 'float32'));
        optimizer.apply(grads);
        answers.dispose();
        return { loss: value.dataSync()[0] as number, accuracy: accuracy.dataSync()[0] as number };
      });
      onStep?.({ step, metrics });
      step += 1;
      if (step % STEPS_PER_TURN === 0) await nextTurn();
    }
    const status = step === config.epochs ? 'finished' : 'interrupted';
    if (status === 'finished') probe(step);
    return { status, steps: step, weights: readWeights(variables) };
  } finally {
    optimizer.dispose();
    model.dispose();
    tf.dispose([x, labels, targets]);
  }
}
