import * as tf from '@tensorflow/tfjs-core';
import type { EagerStep, Measured } from '../step.ts';
import type { Binding, NativeBackend } from './binding.ts';
import { buildGraph, type GraphInput, type Messages, TAG, UncompilableError } from './graph.ts';
import { difference, trace } from './trace.ts';

/** A step that runs as one call of one TensorFlow graph. State stays in TensorFlow between calls. */
export interface CompiledStep {
  run(step: number): Measured;
  /** Copies the state back into the eager step's variables, where probes and readers find it. */
  writeBack(): void;
  dispose(): void;
}

/** The ids of what a step starts from. */
interface Ids {
  readonly state: readonly number[];
  readonly scalars: readonly number[];
}

/** Loads a SavedModel from its bytes. TensorFlow takes a folder, so this writes one and removes it. */
async function load(binding: Binding, savedModel: Uint8Array): Promise<number> {
  // Names in variables: a bundler for the browser must not follow them.
  const [fsName, osName, pathName] = ['node:fs', 'node:os', 'node:path'];
  const fs = (await import(fsName)) as typeof import('node:fs');
  const os = (await import(osName)) as typeof import('node:os');
  const path = (await import(pathName)) as typeof import('node:path');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whorl-graph-'));
  try {
    fs.writeFileSync(path.join(folder, 'saved_model.pb'), savedModel);
    return binding.loadSavedModel(folder, TAG);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Compiles a step by watching it run twice. Both runs are real: they are the steps `first` and `first + 1`, and their
 * measurements are handed to `onMeasured`. The step before them must have run already, so that the state lies in
 * TensorFlow.
 * @throws UncompilableError saying why the step must run eagerly; the two steps have run all the same
 */
export async function compileStep(
  step: EagerStep,
  first: number,
  onMeasured: (step: number, measured: Measured) => void,
  messages: Messages,
): Promise<CompiledStep> {
  const backend = tf.backend() as unknown as NativeBackend;
  const idsOf = (tensors: readonly tf.Tensor[]) =>
    backend.getInputTensorIds(tensors as unknown as { dataId: object }[]);

  const watch = (at: number) => {
    const scalars = step.scalars(at).map((value) => tf.scalar(value));
    const before: Ids = { state: idsOf(step.state), scalars: idsOf(scalars) };
    const { result, records, readBack } = trace(backend, () => step.run(scalars));
    const measured = { loss: result.loss.dataSync()[0] as number, accuracy: result.accuracy.dataSync()[0] as number };
    const [loss = 0, accuracy = 0] = idsOf([result.loss, result.accuracy]);
    const after = idsOf(step.state);
    tf.dispose([result.loss, result.accuracy, ...scalars]);
    onMeasured(at, measured);
    return { before, after, loss, accuracy, records, readBack };
  };
  const one = watch(first);
  const two = watch(first + 1);
  if (one.readBack) throw new UncompilableError('it reads a value back while it runs');
  const changes = difference(one.records, two.records);
  if (changes !== null) throw new UncompilableError(changes);

  const { binding } = backend;
  const batch = idsOf(step.batch);
  const float = (id: number, shape: readonly number[]): GraphInput => ({ id, dtype: binding.TF_FLOAT, shape });
  const inputs = [
    ...two.before.state.map((id, i) => float(id, (step.state[i] as tf.Variable).shape)),
    ...two.before.scalars.map((id) => float(id, [])),
    ...step.batch.map(({ dataId, shape }, i) => ({
      id: batch[i] as number,
      dtype: backend.tensorMap.get(dataId).dtype,
      shape,
    })),
  ];
  const outputs = [...two.after, two.loss, two.accuracy];
  const graph = buildGraph(messages, binding, two.records, inputs, outputs);
  const model = await load(binding, graph.savedModel);
  const stateSize = two.before.state.length;

  // From here on the state's ids are ours: those of the variables first, then each call's results.
  let state: number[] = idsOf(step.state);
  let owned = false;
  const free = () => {
    if (owned) for (const id of state) binding.deleteTensor(id);
  };
  return {
    run: (at) => {
      const scalars = step
        .scalars(at)
        .map((value) => binding.createTensor([], binding.TF_FLOAT, Float32Array.of(value)));
      const results = binding.runSavedModel(
        model,
        [...state, ...scalars, ...batch],
        graph.inputNames,
        graph.outputNames,
      );
      for (const id of scalars) binding.deleteTensor(id);
      free();
      state = results.slice(0, stateSize).map(({ id }) => id);
      owned = true;
      const read = (i: number) => {
        const { id } = results[stateSize + i] as { id: number };
        const value = binding.tensorDataSync(id)[0] as number;
        binding.deleteTensor(id);
        return value;
      };
      return { loss: read(0), accuracy: read(1) };
    },
    writeBack: () => {
      if (!owned) return;
      for (const [i, variable] of step.state.entries()) {
        const values = binding.tensorDataSync(state[i] as number) as Float32Array;
        tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
      }
    },
    dispose: () => {
      free();
      binding.deleteSavedModel(model);
    },
  };
}
