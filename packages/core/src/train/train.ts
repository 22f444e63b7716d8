import type * as tf from '@tensorflow/tfjs-core';
import { refuseEager } from '../config/engine-names.ts';
import type { Config, DataConfig } from '../config/schema.ts';
import { shiftedPictures } from '../data/augment.ts';
import type { DataSet } from '../data/data-set.ts';
import { makeData, makeTestData } from '../kinds/data/draw.ts';
import { Rng } from '../random/rng.ts';
import type { Calibration } from '../statistics/calibration.ts';
import type { Probes } from '../studies/probes.ts';
import { Batches } from './batches/batches.ts';
import type { Engine } from './engines/engine.ts';
import { buildLoss } from './losses/index.ts';
import { buildModel, runningVariables, trainableVariables } from './models/index.ts';
import { buildOptimizer } from './optimizers/optimizers.ts';
import { scheduleFactor } from './optimizers/schedules.ts';
import type { BoundaryFrame } from './probes/boundary.ts';
import { costOf } from './probes/cost.ts';
import type { ActivationDistributions } from './probes/distributions.ts';
import { followersOf } from './probes/followers.ts';
import { layerProbe } from './probes/layers.ts';
import { looksOf } from './probes/looks.ts';
import type { LossSurface } from './probes/surface.ts';
import { buildStep, type Measured } from './step/step.ts';
import { Steps, TURN_MS } from './steps.ts';

/** What one step measured of its batch, in training mode and before its update: step 0 is the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Measured;
}

export interface TrainOptions {
  readonly engine: Engine;
  /** What to look at beside the batches' loss and accuracy and, after the last update, the whole training and test set. */
  readonly probes?: Probes;
  readonly onStep?: (measured: StepMetrics) => void;
  /**
   * Numbers that are not measured in every step. `trainLoss` and `trainAccuracy` of the whole training set, `testLoss`,
   * `testAccuracy` and `ece` of the test set are measured in inference mode: those of step s after s updates, with the
   * weights of a run that ended there.
   */
  readonly onMetrics?: (step: number, metrics: Readonly<Record<string, number>>) => void;
  readonly onBoundary?: (frame: BoundaryFrame) => void;
  /** How confidence and accuracy agree on the test set, after the last update. */
  readonly onCalibration?: (calibration: Calibration) => void;
  readonly onSurface?: (surface: LossSurface) => void;
  /** How the activations were spread at each look, once the training has ended in whatever way. */
  readonly onDistributions?: (distributions: ActivationDistributions) => void;
  readonly signal?: AbortSignal;
  /** Run op by op although the engine could compile the step. */
  readonly eager?: boolean;
}

export interface TrainResult {
  readonly status: 'finished' | 'interrupted';
  /** Updates made. */
  readonly steps: number;
  readonly mode: 'compiled' | 'eager';
  /** Why the steps ran op by op; null where they were compiled. */
  readonly eagerReason: string | null;
  /**
   * The trained weights, layer by layer: kernel [in, out] or [height, width, in, out], bias [out]; before a batch norm no
   * bias, and then its scale [out] and shift [out].
   */
  readonly weights: readonly Float32Array[];
}

/** The data set of a config, drawn from the stream `data` of its seed. */
export const dataOf = (config: Config): Promise<DataSet> => makeData(config.data, Rng.of(config.seed).split('data'));

/** The data that a config's run is tested on. */
export const testDataOf = (config: Config): Promise<DataSet> => makeTestData(config.data, Rng.of(config.seed));

/** The weights that a run of this config starts from, in the order of `TrainResult.weights`. */
export async function initialWeights(config: Config): Promise<Float32Array[]> {
  const { model } = buildModel(config.model, await dataOf(config), Rng.of(config.seed));
  try {
    return readWeights(trainableVariables(model));
  } finally {
    model.dispose();
  }
}

const readWeights = (variables: readonly tf.Variable[]): Float32Array[] =>
  variables.map((variable) => Float32Array.from(variable.dataSync()));

/** How many steps a run of this config takes, on data of `count` rows. */
export const stepsOf = (config: Pick<Config, 'epochs' | 'batchSize'>, count: number): number =>
  config.epochs * new Batches(count, config.batchSize, Rng.of(0)).perEpoch;

/** Lets timers, signals and sockets have their turn without waiting for them. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });

/**
 * Trains one config. The same config on the same engine, trained the same way, gives the same numbers: everything
 * random comes from named streams of the seed.
 */
export async function train(config: Config, options: TrainOptions): Promise<TrainResult> {
  const { engine, probes = {}, onStep, onMetrics, onCalibration, signal, eager = false } = options;
  refuseEager(engine.name, eager);
  const data = await dataOf(config);
  const testData = onMetrics || onCalibration ? await testDataOf(config) : null;
  const rng = Rng.of(config.seed);
  const { model, dropouts } = buildModel(config.model, data, rng);
  const trainable = trainableVariables(model);
  const loss = buildLoss(config.loss);
  const optimizer = buildOptimizer(config.optimizer, trainable);
  const batches = new Batches(data.count, config.batchSize, rng.split('shuffle'));
  const epochOf = (step: number) => Math.floor(step / batches.perEpoch);
  const layers = probes.layers ? layerProbe(model) : undefined;
  const step = buildStep({
    config,
    model,
    trainable,
    running: runningVariables(model),
    dropouts,
    loss,
    optimizer,
    data,
    batches,
    augment: augmentation(config.data, data, rng.split('augment')),
    lr: (at) => config.optimizer.lr * scheduleFactor(config.schedule, epochOf(at), config.epochs),
    probe: layers,
  });
  const steps = new Steps(step, engine, eager);
  const total = config.epochs * batches.perEpoch;
  const followers = followersOf(probes, total);
  const tell = (at: number, metrics: Readonly<Record<string, number>>) => {
    for (const follower of followers) follower.see(at, metrics);
    onMetrics?.(at, metrics);
  };
  const subject = { model, trainable, loss, data, testData, epochs: config.epochs, total };
  const looks = looksOf(subject, { ...options, ...(onMetrics && { onMetrics: tell }) });
  const stops = [...new Set([...looks.flatMap((look) => look.steps), total])].sort((a, b) => a - b);
  const lookAt = (at: number) => {
    const now = looks.filter((look) => look.steps.includes(at));
    if (now.length > 0) steps.writeBack();
    for (const look of now) look.look(at);
  };

  let done = 0;
  let turn = performance.now();
  try {
    if (probes.cost) tell(0, { ...costOf(model, trainable, optimizer.slots) });
    while (done < total && !signal?.aborted) {
      lookAt(done);
      const rows = await steps.run(done, stops.find((stop) => stop > done) ?? total);
      for (const row of rows) {
        const metrics = Object.fromEntries(step.measures.map((name, i) => [name, row[i] as number]));
        if (layers) {
          metrics.gradientRatio = layers.ratio(metrics);
          if (done === 0) tell(0, { initialGradientRatio: metrics.gradientRatio });
        }
        for (const follower of followers) follower.see(done, metrics);
        onStep?.({ step: done, epoch: epochOf(done), metrics: metrics as Measured });
        done += 1;
      }
      if (performance.now() - turn > TURN_MS / 5) {
        await nextTurn();
        turn = performance.now();
      }
    }
    const status = done === total ? 'finished' : 'interrupted';
    if (status === 'finished') {
      lookAt(total);
      const ends = Object.assign({}, ...followers.map((follower) => follower.end()));
      if (followers.length > 0) onMetrics?.(total, ends);
    }
    steps.writeBack();
    const mode = steps.eagerReason === null ? 'compiled' : 'eager';
    return { status, steps: done, mode, eagerReason: steps.eagerReason, weights: readWeights(trainable) };
  } finally {
    for (const look of looks) look.dispose();
    steps.dispose();
    step.dispose();
    model.dispose();
  }
}

/** What changes the pictures of a step, where the config asks for it: each step from a stream of its own. */
const augmentation = (config: DataConfig, data: DataSet, rng: Rng) =>
  config.name === 'mnist' && config.augment === 'shift'
    ? (step: number, rows: Int32Array | null) => shiftedPictures(data, rows, rng.split(`step ${step}`))
    : undefined;
