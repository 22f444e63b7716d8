import * as tf from '@tensorflow/tfjs-core';
import type { Config } from '../config/schema.ts';
import type { DataSet } from '../data/data-set.ts';
import { makeData } from '../data/index.ts';
import { Rng } from '../rng.ts';
import type { CompiledStep } from './compiled/compiled-step.ts';
import type { Engine } from './engines/engine.ts';
import { buildModel, trainableVariables } from './model.ts';
import { buildOptimizer } from './optimizers.ts';
import { type BoundaryFrame, boundaryProbe } from './probes/boundary.ts';
import { buildStep, type EagerStep, type Measured } from './step.ts';

/** What one step measured, before its update: step 0 is the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly metrics: Measured;
}

export interface TrainOptions {
  readonly engine: Engine;
  readonly onStep?: (measured: StepMetrics) => void;
  readonly onBoundary?: (frame: BoundaryFrame) => void;
  /** The numbers of updates after which to look at the decision boundary. */
  readonly boundarySteps?: readonly number[];
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

/** Longest time between two turns of the event loop; Ctrl-C and live pages answer within it. */
const TURN_MS = 20;

/**
 * Trains one config. The same config on the same engine, trained the same way, gives the same numbers: everything
 * random comes from named streams of the seed.
 */
export async function train(config: Config, options: TrainOptions): Promise<TrainResult> {
  const { engine, onStep, onBoundary, signal, boundarySteps = [], eager = false } = options;
  const data = dataOf(config);
  const model = modelOf(config, data);
  const variables = trainableVariables(model);
  const eagerStep = buildStep(model, variables, buildOptimizer(config.optimizer, variables), data);
  const lookAtBoundary = onBoundary && boundaryProbe(model, data);
  const probeAt = new Set(boundarySteps);
  let compiled: CompiledStep | undefined;
  let eagerReason: string | null = eager
    ? 'asked for'
    : engine.compile
      ? null
      : `the engine ${engine.name} runs op by op`;
  let step = 0;
  let turn = performance.now();

  const probe = () => {
    if (!lookAtBoundary || !probeAt.has(step)) return;
    compiled?.writeBack();
    onBoundary(lookAtBoundary(step));
  };
  const tell = (metrics: Measured) => onStep?.({ step, metrics });
  try {
    while (step < config.epochs && !signal?.aborted) {
      probe();
      // Step 0 brought the state into TensorFlow; the next two are watched, and the rest run compiled: always the same
      // steps, wherever probes look, because a graph may round otherwise than its ops do one by one.
      if (engine.compile && eagerReason === null && !compiled && step === 1 && config.epochs > 2) {
        let watched = 0;
        try {
          compiled = await engine.compile(eagerStep, step, (at, metrics) => {
            step = at;
            tell(metrics);
            step = at + 1;
            watched += 1;
            if (watched === 1) probe(); // before the second watched step; after it, the loop does
          });
        } catch (error) {
          if (watched < 2) throw error; // not the compiling failed but the step
          eagerReason = error instanceof Error ? error.message : String(error);
        }
        continue;
      }
      tell(compiled ? compiled.run(step) : runEagerly(eagerStep, step));
      step += 1;
      if (performance.now() - turn > TURN_MS) {
        await nextTurn();
        turn = performance.now();
      }
    }
    const status = step === config.epochs ? 'finished' : 'interrupted';
    if (status === 'finished') probe();
    compiled?.writeBack();
    const mode = compiled ? 'compiled' : 'eager';
    return { status, steps: step, mode, eagerReason: compiled ? null : eagerReason, weights: readWeights(variables) };
  } finally {
    compiled?.dispose();
    eagerStep.dispose();
    model.dispose();
  }
}

function runEagerly(eagerStep: EagerStep, step: number): Measured {
  const scalars = eagerStep.scalars(step).map((value) => tf.scalar(value));
  const { loss, accuracy } = eagerStep.run(scalars);
  const measured = { loss: loss.dataSync()[0] as number, accuracy: accuracy.dataSync()[0] as number };
  tf.dispose([loss, accuracy, ...scalars]);
  return measured;
}
