import type * as tf from '@tensorflow/tfjs-core';
import { refuseEager } from '../config/engine-names.ts';
import { Rng } from '../random/rng.ts';
import type { Probes } from '../studies/probes.ts';
import { augmentation } from './batches/augmentation.ts';
import { Batches } from './batches/batches.ts';
import type { Engine } from './engines/engine.ts';
import type { Measured, StepMetrics, TrainEvent } from './events/events.ts';
import { buildLoss } from './losses/index.ts';
import { buildModel, runningVariables, trainableVariables } from './models/index.ts';
import { buildOptimizer } from './optimizers/optimizers.ts';
import { learningRate } from './optimizers/schedules.ts';
import type { Prepared } from './prepare.ts';
import { costOf } from './probes/cost.ts';
import { followersOf } from './probes/followers.ts';
import { PROBES } from './probes/index.ts';
import { layerProbe } from './probes/layers.ts';
import { buildStep } from './step/step.ts';
import { Steps, TURN_MS } from './steps.ts';

export interface TrainOptions {
  readonly engine: Engine;
  /**
   * What to measure beside the loss and accuracy of batches and, after the last update, of the whole training and test
   * set.
   */
  readonly probes?: Probes;
  /** False skips everything between the steps, and the sets at the end: for measuring the steps alone. */
  readonly looks?: boolean;
  readonly signal?: AbortSignal;
  /** Whether to run op by op even where the engine could compile the step. */
  readonly eager?: boolean;
}

export interface TrainResult {
  readonly status: 'finished' | 'interrupted';
  /** How many updates were made. */
  readonly steps: number;
  readonly mode: 'compiled' | 'eager';
  /** Why the steps ran op by op; null where they were compiled. */
  readonly eagerReason: string | null;
  /**
   * The trained weights, layer by layer: kernel [in, out] or [height, width, in, out], bias [out]; a layer before a
   * batch norm has no bias, and is followed by the norm's scale [out] and shift [out].
   */
  readonly weights: readonly Float32Array[];
}

/** The weights from which the training starts, in the order of `TrainResult.weights`. */
export function initialWeights({ config, train }: Pick<Prepared, 'config' | 'train'>): Float32Array[] {
  const { model } = buildModel(config.model, train, Rng.of(config.seed));
  try {
    return readWeights(trainableVariables(model));
  } finally {
    model.dispose();
  }
}

const readWeights = (variables: readonly tf.Variable[]): Float32Array[] =>
  variables.map((variable) => Float32Array.from(variable.dataSync()));

/** Gives timers, signals and sockets their turn without waiting. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });

/**
 * Trains a config on its data, and yields what it measures as it goes. The same config on the same engine, run the same
 * way, gives the same numbers: everything random comes from named streams of the seed. It trains only as its consumer
 * asks for events: to stop listening ends it.
 */
export async function* train(prepared: Prepared, options: TrainOptions): AsyncGenerator<TrainEvent, TrainResult, void> {
  const { config, train: data, test: testData, steps: total, stepsPerEpoch } = prepared;
  const { engine, probes = {}, looks: doesLook = true, signal, eager = false } = options;
  refuseEager(engine.name, eager);
  const rng = Rng.of(config.seed);
  const { model, dropouts } = buildModel(config.model, data, rng);
  const trainable = trainableVariables(model);
  const loss = buildLoss(config.loss);
  const optimizer = buildOptimizer(config.optimizer, trainable);
  const batches = new Batches(data.count, config.batchSize, rng.split('shuffle'));
  const epochOf = (step: number) => Math.floor(step / stepsPerEpoch);
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
    lr: (at) => learningRate(config, stepsPerEpoch, at),
    probe: layers,
  });
  const steps = new Steps(step, engine, eager);
  const followers = followersOf(probes, total);
  const heeded = (event: TrainEvent): TrainEvent => {
    if (event.kind === 'metrics') for (const follower of followers) follower.see(event.step, event.metrics);
    return event;
  };
  const tell = (at: number, metrics: Readonly<Record<string, number>>): TrainEvent =>
    heeded({ kind: 'metrics', step: at, metrics });
  const subject = { model, trainable, loss, data, testData, epochs: config.epochs, total, probes };
  const looks = doesLook ? PROBES.flatMap((probe) => probe.start(subject) ?? []) : [];
  const stops = [...new Set([...looks.flatMap((look) => look.steps), total])].sort((a, b) => a - b);
  const lookAt = (at: number): TrainEvent[] => {
    const now = looks.filter((look) => look.steps.includes(at));
    if (now.length > 0) steps.writeBack();
    return now.flatMap((look) => look.look(at)).map(heeded);
  };

  let done = 0;
  let turn = performance.now();
  try {
    if (probes.cost) yield tell(0, { ...costOf(model, trainable, optimizer.slots) });
    while (done < total && !signal?.aborted) {
      yield* lookAt(done);
      const rows = await steps.run(done, stops.find((stop) => stop > done) ?? total);
      const measured: StepMetrics[] = [];
      for (const row of rows) {
        const metrics = Object.fromEntries(step.measures.map((name, i) => [name, row[i] as number]));
        if (layers) {
          metrics.gradientRatio = layers.ratio(metrics);
          if (done === 0) yield tell(0, { initialGradientRatio: metrics.gradientRatio });
        }
        for (const follower of followers) follower.see(done, metrics);
        measured.push({ step: done, epoch: epochOf(done), metrics: metrics as Measured });
        done += 1;
      }
      yield { kind: 'steps', steps: measured };
      if (performance.now() - turn > TURN_MS / 5) {
        await nextTurn();
        turn = performance.now();
      }
    }
    const status = done === total ? 'finished' : 'interrupted';
    if (status === 'finished') {
      yield* lookAt(total);
      const ends = Object.assign({}, ...followers.map((follower) => follower.end()));
      if (followers.length > 0) yield { kind: 'metrics', step: total, metrics: ends };
    }
    steps.writeBack();
    yield* looks.flatMap((look) => look.end?.() ?? []);
    const mode = steps.eagerReason === null ? 'compiled' : 'eager';
    return { status, steps: done, mode, eagerReason: steps.eagerReason, weights: readWeights(trainable) };
  } finally {
    for (const look of looks) look.dispose();
    steps.dispose();
    step.dispose();
    model.dispose();
  }
}
