import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { FEATURE } from '../portable/dense.ts';
import { planLoss } from '../portable/losses.ts';
import { instantiate } from '../portable/module.ts';
import type { Batch, Watched } from '../portable/network.ts';
import { addressIn, pack } from '../portable/parameters.ts';
import { floatsOf, integersOf, MemoryPlan, type Part, ROWS, WORD } from '../portable/plan.ts';
import { Program } from '../portable/program.ts';
import { planForward } from './forward.ts';
import type { NetworkState } from './network-state.ts';
import { toProbabilities } from './probabilities.ts';
import { withoutNorms } from './without-norms.ts';

/** What the activation function of a layer gives for one row. */
export interface LayerOutput {
  /** A convolution's filters, or a dense layer's units. */
  readonly channels: number;
  /** 1 of a dense layer. */
  readonly height: number;
  readonly width: number;
  /** [channels, height, width] */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Evaluates a network on rows, in inference mode: without dropout, with running means. */
export interface Evaluator {
  /** The mean loss of the rows, and the share of them classified correctly; NaN where the loss is not finite. */
  measure(state: NetworkState): { readonly loss: number; readonly accuracy: number };
  /** The probabilities of the classes, [rows, classes], between 0 and 1; of a network with convolutions for 8 rows at most. */
  probabilities(state: NetworkState): Float32Array<ArrayBuffer>;
  /** The outputs of each hidden layer's activation function, [rows, units] each; of a dense network. */
  activations(state: NetworkState): readonly Float32Array[];
  /** What came out of each hidden layer for the first row when `probabilities` was asked last. */
  layers(): LayerOutput[];
  /** Other rows in place of those before, as many. */
  put(x: Float32Array): void;
}

/**
 * Plans the network of a config for the forward pass alone.
 * @throws UncompilableError where memory is short
 */
export async function openEvaluator(config: Config, rows: DataSet): Promise<Evaluator> {
  const { classes, count } = rows;
  const panels = Math.ceil(count / ROWS);
  const plan = new MemoryPlan();
  const network = planForward(plan, config, rows);
  const { w, parameters, panelsOfBlock } = network;
  const loss = planLoss(config.loss, classes, network.logits, plan.words(panelsOfBlock * ROWS));
  const given = { x: plan.words(rows.x.length + ROWS), labels: plan.words(count), order: plan.words(count + ROWS) };
  const batch: Batch = { rows: count, x: plan.words(network.batchWords), labels: plan.words(panels * ROWS) };
  const out = plan.words(2);

  const programOf = (add: (program: Program) => void): { readonly words: Int32Array; readonly part: Part } => {
    const program = new Program();
    add(program);
    const words = program.words();
    return { words, part: plan.words(words.length) };
  };
  const forward = (program: Program, then = () => {}) => {
    network.begin(program);
    program.forBlocks(panels, panelsOfBlock, () => {
      network.forward(program, batch);
      then();
    });
  };
  const gather = programOf((program) => {
    network.gather(program, batch, [given.x.at, 0], [given.order.at, 0]);
    program.op('gatherLabels', given.labels.at, given.order.at, 0, batch.labels.at, count);
  });
  const answer = programOf(forward);
  const judge = programOf((program) => {
    forward(program, () => loss.back(program, batch, panelsOfBlock * FEATURE));
    loss.measure(program, batch, [out.at, 0]);
  });

  const { kernels, memory } = await instantiate(plan.bytes);
  for (const { words, part } of [gather, answer, judge]) integersOf(memory, part).set(words);
  integersOf(memory, given.labels).set(rows.labels);
  integersOf(memory, given.order).set(Int32Array.from({ length: count }, (_, i) => i));
  const put = (x: Float32Array) => {
    floatsOf(memory, given.x).set(x);
    kernels.run(gather.part.at, 1);
  };
  put(rows.x);
  const run = (part: Part, state: NetworkState) => {
    for (const [i, values] of withoutNorms(state).entries()) {
      const parameter = parameters.list[i];
      if (!parameter) throw new Error(`expected ${parameters.list.length} variables of the network, got more`);
      pack(values, parameter, floatsOf(memory, { at: addressIn(w, parameter), length: parameter.size }));
    }
    kernels.run(part.at, 1);
  };
  return {
    put,
    measure: (state) => {
      run(judge.part, state);
      const [loss = Number.NaN, accuracy = Number.NaN] = floatsOf(memory, out);
      return { loss, accuracy };
    },
    probabilities: (state) => {
      if (panels > panelsOfBlock) throw new Error(`expected at most ${panelsOfBlock * ROWS} rows, got ${count}`);
      run(answer.part, state);
      return toProbabilities(rowMajor(floatsOf(memory, network.logits), count, classes), classes, config.loss);
    },
    activations: (state) => {
      run(answer.part, state);
      return network.activations.map(({ at, channels }) =>
        rowMajor(floatsOf(memory, { at, length: panels * ROWS * channels }), count, channels),
      );
    },
    layers: () => network.activations.map((watched) => outputOf(memory, watched)),
  };
}

/** Converts [panel][unit][8] to [rows, units]. */
function rowMajor(panels: Float32Array, count: number, units: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(count * units);
  for (let row = 0; row < count; row++) {
    const first = Math.floor(row / ROWS) * units * ROWS + (row % ROWS);
    for (let unit = 0; unit < units; unit++) rows[row * units + unit] = panels[first + unit * ROWS] as number;
  }
  return rows;
}

/** The first row of the first panel. */
function outputOf(memory: ArrayBuffer, { at, channels, height, width, row, channel }: Watched): LayerOutput {
  const values = new Float32Array(channels * height * width);
  const view = new DataView(memory);
  let to = 0;
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        values[to++] = view.getFloat32(at + c * channel + y * row + x * ROWS * WORD, true);
  return { channels, height, width, values };
}
