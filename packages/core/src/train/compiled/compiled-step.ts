import * as tf from '@tensorflow/tfjs-core';
import { inputTensor, type StepInput } from '../batches/step-input.ts';
import type { Step } from '../step/step.ts';
import { type Binding, missingFunctions, type NativeBackend } from './binding.ts';
import { buildGraph, type Graph, type GraphInput, type ProtocolMessages, TAG, UncompilableError } from './graph.ts';
import { withOneDnnPooling } from './max-pooling.ts';
import { difference, type Traced, trace } from './trace.ts';

/** A step that runs in TensorFlow, many times a call. State stays there between calls. */
export interface CompiledStep {
  /**
   * Makes sure that step `step` can run compiled.
   * @throws UncompilableError saying why it must run op by op; the state is then in the step's variables
   */
  prepare(step: number): Promise<void>;
  /**
   * Runs steps `first` to `first + count - 1`, all of one shape that was prepared.
   * @returns [count, measures] measured numbers, row by row
   */
  run(first: number, count: number): Float32Array;
  /** Copies the state back into the step's variables, where probes and readers find it. */
  writeBack(): void;
  dispose(): void;
}

interface Loaded {
  readonly graph: Graph;
  readonly model: number;
}

/** A step that was watched: what TensorFlow was asked, and what came out. */
interface Watched {
  readonly records: readonly Traced[];
  readonly readBack: boolean;
  readonly stateBefore: readonly number[];
  readonly inputs: readonly number[];
  readonly stateAfter: readonly number[];
  readonly measured: number;
  readonly values: { readonly measured: Float32Array; readonly state: readonly Float32Array[] };
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
  } catch (error) {
    throw new UncompilableError(`TensorFlow does not load its graph: ${firstLine(error)}`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Loaded graphs by their bytes, oldest first: runs that differ only in seed or learning rate have the same graph. */
const loadedGraphs = new Map<string, number>();
const MOST_LOADED = 32;

/** Loads a graph, or finds it loaded. */
async function loadOnce(binding: Binding, graph: Graph): Promise<Loaded> {
  const key = Buffer.from(graph.savedModel).toString('latin1');
  const model = loadedGraphs.get(key) ?? (await load(binding, graph.savedModel));
  loadedGraphs.delete(key);
  loadedGraphs.set(key, model);
  for (const [oldest, loaded] of loadedGraphs) {
    if (loadedGraphs.size <= MOST_LOADED) break;
    loadedGraphs.delete(oldest);
    binding.deleteSavedModel(loaded);
  }
  return { graph, model };
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;

/**
 * Compiles the step on the native engine. A shape of inputs is compiled when it is first prepared: two steps are
 * watched from the same state, which is put back after each; they must ask TensorFlow for the same; and the graph must
 * give what the second gave. So every step of a training runs in a graph.
 * @throws UncompilableError where the addon lacks what this needs
 */
export function compileStep(step: Step, messages: ProtocolMessages): CompiledStep {
  const backend = tf.backend() as unknown as NativeBackend;
  const missing = missingFunctions(backend);
  if (missing.length > 0) throw new UncompilableError(`the addon of tfjs-node has no ${missing.join(', ')}`);
  const { binding } = backend;
  const idsOf = (tensors: readonly tf.Tensor[]) =>
    backend.getInputTensorIds(tensors as unknown as { dataId: object }[]);
  const dtypeOf = (tensor: tf.Tensor) => backend.tensorMap.get(tensor.dataId).dtype;

  const loaded = new Map<string, Loaded>();
  /** The ids of the state after the last call; null while it is in the variables. */
  let state: number[] | null = null;

  const free = () => {
    for (const id of state ?? []) binding.deleteTensor(id);
    state = null;
  };

  const writeBack = () => {
    if (!state) return;
    for (const [i, variable] of step.state.entries()) {
      const values = binding.tensorDataSync(state[i] as number) as Float32Array;
      tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
    }
    free();
  };

  const watch = (at: number): Watched => {
    const given = step.inputs(at).map(inputTensor);
    const kept = step.state.map((variable) => tf.clone(variable));
    const [stateBefore, inputs] = [idsOf(step.state), idsOf(given)];
    try {
      const { result, records, readBack } = trace(backend, () => step.run(given));
      const [measured = 0] = idsOf([result]);
      const stateAfter = idsOf(step.state);
      const values = {
        measured: Float32Array.from(result.dataSync()),
        state: step.state.map((variable) => Float32Array.from(variable.dataSync())),
      };
      result.dispose();
      return { records, readBack, stateBefore, inputs, stateAfter, measured, values };
    } finally {
      for (const [i, variable] of step.state.entries()) variable.assign(kept[i] as tf.Tensor);
      tf.dispose([...given, ...kept]);
    }
  };

  const compile = async (at: number): Promise<Loaded> => {
    const next = nextOfShape(step, at);
    const constantIds = idsOf(step.constants); // before the first is watched: this brings them into TensorFlow
    const [one, two] = [watch(at), watch(next)];
    if (one.readBack || two.readBack) throw new UncompilableError('it reads a value back while it runs');
    const changes = difference(one.records, two.records);
    if (changes !== null) throw new UncompilableError(changes);
    const describe = (tensor: tf.Tensor, id: number): GraphInput => ({
      id,
      dtype: dtypeOf(tensor),
      shape: tensor.shape,
    });
    const graph = buildGraph(messages, binding, {
      records: withOneDnnPooling(binding, two.records),
      state: step.state.map((variable, i) => ({
        id: two.stateBefore[i] as number,
        dtype: dtypeOf(variable),
        shape: variable.shape,
        after: two.stateAfter[i] as number,
      })),
      constants: step.constants.map((tensor, i) => describe(tensor, constantIds[i] as number)),
      inputs: step.inputs(next).map(({ shape, values }, i) => ({
        id: two.inputs[i] as number,
        dtype: dtypeOfInput(binding, values),
        shape,
      })),
      measured: two.measured,
      measuredCount: step.measures.length,
    });
    const made = await loadOnce(binding, graph);
    check(made, next, two);
    return made;
  };

  /**
   * Runs the graph on the state in the variables, once, and compares. Every training does so, whether its graph was
   * loaded before or not: how a config trains must not depend on what the process trained before it.
   */
  const check = (made: Loaded, at: number, { values }: Watched) => {
    const before = step.state.map((variable) => Float32Array.from(variable.dataSync()));
    const { rows, after } = callOf(made, idsOf(step.state), at);
    const found = after.map((id) => Float32Array.from(binding.tensorDataSync(id) as Float32Array));
    for (const id of after) binding.deleteTensor(id);
    const changesAlike = (from: number, to: number) =>
      isSameChange(before.slice(from, to), found.slice(from, to), values.state.slice(from, to));
    const same =
      isClose(rows, values.measured) && changesAlike(0, step.trained) && changesAlike(step.trained, step.state.length);
    if (!same) throw new UncompilableError('its graph gives other numbers than its operations one by one');
  };

  const callOf = (made: Loaded, from: readonly number[], at: number) => {
    try {
      return call(made, from, at, 1);
    } catch (error) {
      throw new UncompilableError(`TensorFlow does not run its graph: ${firstLine(error)}`);
    }
  };

  const call = ({ graph, model }: Loaded, from: readonly number[], first: number, count: number) => {
    const own: number[] = [];
    const create = (shape: readonly number[], dtype: number, values: ArrayBufferView) => {
      const id = binding.createTensor(shape, dtype, values);
      own.push(id);
      return id;
    };
    try {
      const steps = create([], binding.TF_INT32, Int32Array.of(count));
      const measures = step.measures.length;
      const zeros = create([count, measures], binding.TF_FLOAT, new Float32Array(count * measures));
      const stacked = stack(step, first, count).map(({ shape, values }) =>
        create([count, ...shape], dtypeOfInput(binding, values), values),
      );
      const feeds = [steps, zeros, ...from, ...idsOf(step.constants), ...stacked];
      const results = binding.runSavedModel(model, feeds, graph.inputNames, graph.outputNames);
      const [rows, ...after] = results.map(({ id }) => id);
      const read = Float32Array.from(binding.tensorDataSync(rows as number) as Float32Array);
      binding.deleteTensor(rows as number);
      return { rows: read, after };
    } finally {
      for (const id of own) binding.deleteTensor(id);
    }
  };

  return {
    prepare: async (at) => {
      const key = step.shapeKey(at);
      if (loaded.has(key)) return;
      writeBack();
      loaded.set(key, await compile(at));
    },
    run: (first, count) => {
      const { rows, after } = call(
        loaded.get(step.shapeKey(first)) as Loaded,
        state ?? idsOf(step.state),
        first,
        count,
      );
      free();
      state = after;
      return rows;
    },
    writeBack: () => writeBack(),
    dispose: () => {
      free();
      loaded.clear(); // the graphs stay loaded for the next training
    },
  };
}

const dtypeOfInput = (binding: Binding, values: StepInput['values']): number =>
  values instanceof Int32Array ? binding.TF_INT32 : binding.TF_FLOAT;

/** The next step after `at` whose inputs have the same shapes. */
function nextOfShape(step: Step, at: number): number {
  const key = step.shapeKey(at);
  let next = at + 1;
  while (step.shapeKey(next) !== key) next += 1;
  return next;
}

/** The inputs of `count` steps, each stacked along a first axis. */
function stack(step: Step, first: number, count: number): StepInput[] {
  const firstInputs = step.inputs(first);
  if (count === 1) return [...firstInputs];
  const stacked = firstInputs.map(({ shape, values }) => ({
    shape,
    values:
      values instanceof Int32Array ? new Int32Array(values.length * count) : new Float32Array(values.length * count),
  }));
  for (let i = 0; i < count; i++) {
    const inputs = i === 0 ? firstInputs : step.inputs(first + i);
    for (const [k, { values }] of inputs.entries()) stacked[k]?.values.set(values, i * values.length);
  }
  return stacked;
}

/** Two orders of the same sums differ by so much of their length. */
const MEASURED_TOLERANCE = 0.02;
/** An update that is missing, reversed, half or tenfold is off by half of its length or more. */
const CHANGE_TOLERANCE = 1e-3;
/** What rounding to float32 leaves of a change, as a part of what was changed. */
const ROUNDING = 2 ** -22;

/** Whether what was measured agrees as far as two orders of the same sums do. */
function isClose(a: Float32Array, b: Float32Array): boolean {
  let [difference, length] = [0, 0];
  for (const [i, value] of b.entries()) {
    const other = a[i] as number;
    if (Object.is(value, other) || value === other) continue;
    if (!Number.isFinite(value) || !Number.isFinite(other)) return false;
    difference += (other - value) ** 2;
  }
  for (const value of b) if (Number.isFinite(value)) length += value ** 2;
  return Math.sqrt(difference) <= MEASURED_TOLERANCE * Math.sqrt(length) + 1e-6;
}

/**
 * Whether a step changed vectors as it should have: the length of what it did otherwise is small beside the length of the
 * change, over all of them together. States alone would not tell: beside the weights, every single step is small.
 */
function isSameChange(
  before: readonly Float32Array[],
  found: readonly Float32Array[],
  expected: readonly Float32Array[],
): boolean {
  let [otherwise, change, size] = [0, 0, 0];
  for (const [k, wanted] of expected.entries()) {
    for (const [i, value] of wanted.entries()) {
      const [from, other] = [before[k]?.[i] as number, found[k]?.[i] as number];
      if (Number.isFinite(from)) size += from ** 2;
      if (Object.is(value, other)) {
        if (Number.isFinite(value - from)) change += (value - from) ** 2;
        continue;
      }
      if (!Number.isFinite(value) || !Number.isFinite(other)) return false;
      otherwise += (other - value) ** 2;
      change += (value - from) ** 2;
    }
  }
  return Math.sqrt(otherwise) <= CHANGE_TOLERANCE * Math.sqrt(change) + ROUNDING * Math.sqrt(size);
}
