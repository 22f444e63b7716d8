import * as tf from '@tensorflow/tfjs-core';
import type { Config } from '../config/schema.ts';
import type { DataSet } from '../data/data-set.ts';
import { makeData } from '../data/index.ts';
import { Rng } from '../rng.ts';
import { Batches } from './batches.ts';
import type { CompiledStep } from './compiled/compiled-step.ts';
import { UncompilableError } from './compiled/graph.ts';
import type { Engine } from './engines/engine.ts';
import { buildModel, runningVariables, trainableVariables } from './models/index.ts';
import { buildOptimizer } from './optimizers.ts';
import { type BoundaryFrame, boundaryProbe } from './probes/boundary.ts';
import { layerProbe } from './probes/layers.ts';
import { scheduleFactor } from './schedules.ts';
import { buildStep, type Measured, type Step } from './step.ts';
import { inputTensor } from './step-input.ts';

/** What one step measured, before its update: step 0 is the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Measured;
}

export interface TrainOptions {
  readonly engine: Engine;
  readonly onStep?: (measured: StepMetrics) => void;
  readonly onBoundary?: (frame: BoundaryFrame) => void;
  /** The numbers of updates after which to look at the decision boundary. */
  readonly boundarySteps?: readonly number[];
  /** Measure gradients and activations of each layer in every step: more metrics, named in probes/layers.ts. */
  readonly probeLayers?: boolean;
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
  /** The trained weights, layer by layer: kernel [in, out] or [height, width, in, out], bias [out]. */
  readonly weights: readonly Float32Array[];
}

/** The data set of a config, drawn from the stream `data` of its seed. */
export const dataOf = (config: Config): Promise<DataSet> => makeData(config.data, Rng.of(config.seed).split('data'));

/** The weights that a run of this config starts from, layer by layer: kernel, bias. */
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

/** Longest time between two turns of the event loop, as far as it can be chosen: Ctrl-C and live pages answer within it. */
const TURN_MS = 100;
/** Most steps a call: rows of measurements come in bursts of this size. */
const MOST_STEPS = 500;
/** Most bytes of inputs a call. */
const MOST_INPUT_BYTES = 32e6;

/** The steps of one training, on the engine or op by op. */
class Steps {
  readonly #step: Step;
  readonly #engine: Engine;
  #compiled: CompiledStep | null = null;
  /** Why steps run op by op; null while they are compiled. */
  eagerReason: string | null;
  #msPerStep: number | null = null;
  readonly #mostByMemory: number;

  constructor(step: Step, engine: Engine, eager: boolean) {
    this.#step = step;
    this.#engine = engine;
    this.eagerReason = eager ? 'asked for' : engine.compile ? null : `the engine ${engine.name} runs op by op`;
    const bytes = step.inputs(0).reduce((sum, { values }) => sum + values.byteLength, 0);
    this.#mostByMemory = Math.max(1, Math.floor(MOST_INPUT_BYTES / Math.max(1, bytes)));
  }

  /** Runs some of the steps from `first` to `end - 1`, and returns what each measured. */
  async run(first: number, end: number): Promise<Float32Array[]> {
    const compiled = await this.#compiledFor(first);
    if (!compiled) return [runEagerly(this.#step, first)];
    const count = this.#countFrom(first, end);
    const started = performance.now();
    const rows = compiled.run(first, count);
    this.#msPerStep = (performance.now() - started) / count;
    const width = this.#step.measures.length;
    return Array.from({ length: count }, (_, i) => rows.subarray(i * width, (i + 1) * width));
  }

  async #compiledFor(step: number): Promise<CompiledStep | null> {
    if (this.eagerReason !== null || !this.#engine.compile) return null;
    try {
      this.#compiled ??= await this.#engine.compile(this.#step);
      await this.#compiled.prepare(step);
      return this.#compiled;
    } catch (error) {
      if (!(error instanceof UncompilableError)) throw error;
      this.eagerReason = error.message;
      this.dispose();
      return null;
    }
  }

  /** How many steps fit into a turn. How they are divided into calls changes no result: a graph runs them one by one. */
  #countFrom(first: number, end: number): number {
    if (this.#msPerStep === null) return 1;
    const inTurn = Math.floor(TURN_MS / Math.max(this.#msPerStep, 1e-3));
    const most = Math.max(1, Math.min(end - first, inTurn, MOST_STEPS, this.#mostByMemory));
    const key = this.#step.shapeKey(first);
    let count = 1;
    while (count < most && this.#step.shapeKey(first + count) === key) count += 1;
    return count;
  }

  /** Brings the state into the step's variables. */
  writeBack(): void {
    this.#compiled?.writeBack();
  }

  dispose(): void {
    this.#compiled?.dispose();
    this.#compiled = null;
  }
}

function runEagerly(step: Step, at: number): Float32Array {
  const inputs = step.inputs(at).map(inputTensor);
  const measured = step.run(inputs);
  const values = Float32Array.from(measured.dataSync());
  tf.dispose([measured, ...inputs]);
  return values;
}

/**
 * Trains one config. The same config on the same engine, trained the same way, gives the same numbers: everything
 * random comes from named streams of the seed.
 */
export async function train(config: Config, options: TrainOptions): Promise<TrainResult> {
  const { engine, onStep, onBoundary, signal, boundarySteps = [], probeLayers = false, eager = false } = options;
  const data = await dataOf(config);
  const rng = Rng.of(config.seed);
  const { model, dropouts } = buildModel(config.model, data, rng);
  const trainable = trainableVariables(model);
  const batches = new Batches(data.count, config.batchSize, rng.split('shuffle'));
  const epochOf = (step: number) => Math.floor(step / batches.perEpoch);
  const step = buildStep({
    model,
    trainable,
    running: runningVariables(model),
    dropouts,
    optimizer: buildOptimizer(config.optimizer, trainable),
    data,
    batches,
    lr: (at) => config.optimizer.lr * scheduleFactor(config.schedule, epochOf(at), config.epochs),
    probe: probeLayers ? layerProbe(model) : undefined,
  });
  const steps = new Steps(step, engine, eager);
  const total = config.epochs * batches.perEpoch;
  const boundary = onBoundary ? boundaryProbe(model, data) : null;
  const stops = [...new Set([...(boundary ? boundarySteps : []), total])].sort((a, b) => a - b);
  const probe = (at: number) => {
    if (!boundary || !boundarySteps.includes(at)) return;
    steps.writeBack();
    onBoundary?.(boundary.look(at));
  };

  let done = 0;
  let turn = performance.now();
  try {
    while (done < total && !signal?.aborted) {
      probe(done);
      const rows = await steps.run(done, stops.find((stop) => stop > done) ?? total);
      for (const row of rows) {
        const metrics = Object.fromEntries(step.measures.map((name, i) => [name, row[i] as number]));
        onStep?.({ step: done, epoch: epochOf(done), metrics: metrics as Measured });
        done += 1;
      }
      if (performance.now() - turn > TURN_MS / 5) {
        await nextTurn();
        turn = performance.now();
      }
    }
    const status = done === total ? 'finished' : 'interrupted';
    if (status === 'finished') probe(total);
    steps.writeBack();
    const mode = steps.eagerReason === null ? 'compiled' : 'eager';
    return { status, steps: done, mode, eagerReason: steps.eagerReason, weights: readWeights(trainable) };
  } finally {
    boundary?.dispose();
    steps.dispose();
    step.dispose();
    model.dispose();
  }
}
