import * as tf from '@tensorflow/tfjs-core';
import { type CompiledStep, UncompilableError } from '../../train/step/compiled-step.ts';
import type { Step } from '../../train/step/step.ts';
import { type Binding, missingFunctions, type NativeBackend } from './binding.ts';
import { buildGraph, type Graph, type GraphInput, type ProtocolMessages } from './graph.ts';
import { dtypeOfInput, nextOfShape, stacked } from './inputs.ts';
import { firstLine, type LoadedGraph, loadGraph } from './loaded-graph.ts';
import { withOneDnnPooling } from './max-pooling.ts';
import { isClose, isSameChange } from './same-numbers.ts';
import { difference } from './trace.ts';
import { stateValues, tensorIds, type WatchedStep, watch } from './watch.ts';

/**
 * Compiles the step on the native engine. Each shape of inputs is compiled when it is first prepared: two steps are
 * watched from the same state, which is restored after each; both must ask TensorFlow for the same ops; and the graph
 * must reproduce the second. So every step of a training runs in a graph.
 * @throws UncompilableError where the addon lacks what this needs
 */
export function compileStep(step: Step, messages: ProtocolMessages): CompiledStep {
  const backend = tf.backend() as unknown as NativeBackend;
  const missing = missingFunctions(backend);
  if (missing.length > 0) throw new UncompilableError(`the addon of tfjs-node has no ${missing.join(', ')}`);
  return new NativeStep(step, backend, messages);
}

class NativeStep implements CompiledStep {
  readonly #step: Step;
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  readonly #messages: ProtocolMessages;
  /** Loaded graphs by the shape of the inputs. */
  readonly #loaded = new Map<string, LoadedGraph>();
  /** The ids of the state after the last call; null while the state is in the variables. */
  #state: number[] | null = null;

  constructor(step: Step, backend: NativeBackend, messages: ProtocolMessages) {
    this.#step = step;
    this.#backend = backend;
    this.#binding = backend.binding;
    this.#messages = messages;
  }

  async prepare(at: number): Promise<void> {
    const key = this.#step.shapeKey(at);
    if (this.#loaded.has(key)) return;
    this.writeBack();
    this.#loaded.set(key, this.#compile(at));
  }

  run(first: number, count: number): Float32Array {
    const loaded = this.#loaded.get(this.#step.shapeKey(first)) as LoadedGraph;
    const { rows, after } = this.#call(loaded, this.#state ?? this.#idsOf(this.#step.state), first, count);
    this.#free();
    this.#state = after;
    return rows;
  }

  writeBack(): void {
    if (!this.#state) return;
    for (const [i, variable] of this.#step.state.entries()) {
      const values = this.#binding.tensorDataSync(this.#state[i] as number) as Float32Array;
      tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
    }
    this.#free();
  }

  dispose(): void {
    this.#free();
    this.#loaded.clear(); // TensorFlow keeps the graphs for the next training
  }

  #free(): void {
    for (const id of this.#state ?? []) this.#binding.deleteTensor(id);
    this.#state = null;
  }

  #idsOf(tensors: readonly tf.Tensor[]): number[] {
    return tensorIds(this.#backend, tensors);
  }

  #compile(at: number): LoadedGraph {
    const [step, backend] = [this.#step, this.#backend];
    const next = nextOfShape(step, at);
    const constants = this.#idsOf(step.constants); // before the first step is watched: this brings the constants into TensorFlow
    const [one, two] = [watch(backend, step, at), watch(backend, step, next)];
    if (one.readBack || two.readBack) throw new UncompilableError('it reads a value back while it runs');
    const changes = difference(one.records, two.records);
    if (changes !== null) throw new UncompilableError(changes);
    const loaded = loadGraph(this.#binding, this.#graphOf(two, next, constants));
    this.#check(loaded, next, two);
    return loaded;
  }

  /** The graph of the watched step `at`. @param constants TensorFlow's ids of the step's constants */
  #graphOf(watched: WatchedStep, at: number, constants: readonly number[]): Graph {
    const { constants: tensors, measures, state } = this.#step;
    const describe = (tensor: tf.Tensor, id: number | undefined): GraphInput => ({
      id: id as number,
      dtype: this.#backend.tensorMap.get(tensor.dataId).dtype,
      shape: tensor.shape,
    });
    return buildGraph(this.#messages, this.#binding, {
      records: withOneDnnPooling(this.#binding, watched.records),
      state: state.map((variable, i) => ({
        ...describe(variable, watched.stateBefore[i]),
        after: watched.stateAfter[i] as number,
      })),
      constants: tensors.map((tensor, i) => describe(tensor, constants[i])),
      inputs: this.#step.inputs(at).map(({ shape, values }, i) => ({
        id: watched.inputs[i] as number,
        dtype: dtypeOfInput(this.#binding, values),
        shape,
      })),
      measured: watched.measured,
      measuredCount: measures.length,
    });
  }

  /**
   * Runs the graph once, on the state in the variables, and compares. Every training does so, even where its graph was
   * loaded before: how a config trains must not depend on what the process trained before.
   */
  #check(loaded: LoadedGraph, at: number, { values }: WatchedStep): void {
    const { state, trained } = this.#step;
    const before = stateValues(this.#step);
    const { rows, after } = this.#firstCall(loaded, at);
    const found = after.map((id) => Float32Array.from(this.#binding.tensorDataSync(id) as Float32Array));
    for (const id of after) this.#binding.deleteTensor(id);
    const changesAlike = (from: number, to: number) =>
      isSameChange(before.slice(from, to), found.slice(from, to), values.state.slice(from, to));
    const same = isClose(rows, values.measured) && changesAlike(0, trained) && changesAlike(trained, state.length);
    if (!same) throw new UncompilableError('its graph gives other numbers than its operations one by one');
  }

  #firstCall(loaded: LoadedGraph, at: number) {
    try {
      return this.#call(loaded, this.#idsOf(this.#step.state), at, 1);
    } catch (error) {
      throw new UncompilableError(`TensorFlow does not run its graph: ${firstLine(error)}`);
    }
  }

  /** Runs `count` steps from a state. @returns what they measured, and the ids of the state after them */
  #call({ graph, model }: LoadedGraph, from: readonly number[], first: number, count: number) {
    const [step, binding] = [this.#step, this.#binding];
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
      const inputs = stacked(step, first, count).map(({ shape, values }) =>
        create([count, ...shape], dtypeOfInput(binding, values), values),
      );
      const feeds = [steps, zeros, ...from, ...this.#idsOf(step.constants), ...inputs];
      const results = binding.runSavedModel(model, feeds, graph.inputNames, graph.outputNames);
      const [rows, ...after] = results.map(({ id }) => id);
      const read = Float32Array.from(binding.tensorDataSync(rows as number) as Float32Array);
      binding.deleteTensor(rows as number);
      return { rows: read, after };
    } finally {
      for (const id of own) binding.deleteTensor(id);
    }
  }
}
