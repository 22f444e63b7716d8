import * as tf from '@tensorflow/tfjs-core';
import { inputTensor } from '../../train/batches/step-input.ts';
import type { Step } from '../../train/step/step.ts';
import type { NativeBackend } from './binding.ts';
import { type Traced, trace } from './trace.ts';

/** A step that was watched: what it asked of TensorFlow, and what came out. Tensors are named by TensorFlow's ids. */
export interface WatchedStep {
  readonly records: readonly Traced[];
  /** Whether JavaScript read a value while the step ran. */
  readonly readBack: boolean;
  readonly stateBefore: readonly number[];
  readonly inputs: readonly number[];
  readonly stateAfter: readonly number[];
  readonly measured: number;
  readonly values: { readonly measured: Float32Array; readonly state: readonly Float32Array[] };
}

/** Runs step `at` op by op, watches it, and restores the state. */
export function watch(backend: NativeBackend, step: Step, at: number): WatchedStep {
  const given = step.inputs(at).map(inputTensor);
  const kept = step.state.map((variable) => tf.clone(variable));
  const [stateBefore, inputs] = [tensorIds(backend, step.state), tensorIds(backend, given)];
  try {
    const { result, records, readBack } = trace(backend, () => step.run(given));
    const [measured = 0] = tensorIds(backend, [result]);
    const stateAfter = tensorIds(backend, step.state);
    const values = { measured: Float32Array.from(result.dataSync()), state: stateValues(step) };
    result.dispose();
    return { records, readBack, stateBefore, inputs, stateAfter, measured, values };
  } finally {
    for (const [i, variable] of step.state.entries()) variable.assign(kept[i] as tf.Tensor);
    tf.dispose([...given, ...kept]);
  }
}

/** TensorFlow's ids of tensors; a tensor that is not in TensorFlow yet is brought there. */
export const tensorIds = (backend: NativeBackend, tensors: readonly tf.Tensor[]): number[] =>
  backend.getInputTensorIds(tensors as unknown as { dataId: object }[]);

/** A copy of the values of a step's variables. */
export const stateValues = (step: Step): Float32Array[] =>
  step.state.map((variable) => Float32Array.from(variable.dataSync()));
