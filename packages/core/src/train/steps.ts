import * as tf from '@tensorflow/tfjs-core';
import { inputTensor } from './batches/step-input.ts';
import type { Engine } from './engines/engine.ts';
import { type CompiledStep, UncompilableError } from './step/compiled-step.ts';
import type { Step } from './step/step.ts';

/**
 * The longest time between two turns of the event loop, in ms, where the number of steps can be chosen: Ctrl-C and live
 * pages are answered within it.
 */
export const TURN_MS = 100;
/** The most steps of a call: measurements arrive in bursts of this size. */
const MOST_STEPS = 500;
/** The most bytes of inputs in a call. */
const MOST_INPUT_BYTES = 32e6;

/** The steps of one training, compiled or op by op. */
export class Steps {
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

  /** Runs some of the steps from `first` to `end - 1`, and returns the measures of each. */
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

  /** How many steps fit into a turn. Dividing steps into calls changes no result: they still run one by one. */
  #countFrom(first: number, end: number): number {
    if (this.#msPerStep === null) return 1;
    const inTurn = Math.floor(TURN_MS / Math.max(this.#msPerStep, 1e-3));
    const most = Math.max(1, Math.min(end - first, inTurn, MOST_STEPS, this.#mostByMemory));
    const key = this.#step.shapeKey(first);
    let count = 1;
    while (count < most && this.#step.shapeKey(first + count) === key) count += 1;
    return count;
  }

  /** Copies the state into the step's variables. */
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
