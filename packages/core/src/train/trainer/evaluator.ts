import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import { FEATURE } from '../portable/dense.ts';
import { planStack } from '../portable/dense-stack.ts';
import { planLoss } from '../portable/losses.ts';
import { instantiate } from '../portable/module.ts';
import type { Batch, Vectors } from '../portable/network.ts';
import { addressIn, Parameters, pack } from '../portable/parameters.ts';
import { floatsOf, integersOf, MemoryPlan, type Part, ROWS } from '../portable/plan.ts';
import { Program } from '../portable/program.ts';
import { denseModel, type NetworkState } from './dense-network.ts';
import { toProbabilities } from './probabilities.ts';
import { withoutNorms } from './without-norms.ts';

/** Evaluates a network on fixed rows, in inference mode: without dropout, with running means. */
export interface Evaluator {
  /** The mean loss of the rows, and the share of them classified correctly; NaN where the loss is not finite. */
  measure(state: NetworkState): { readonly loss: number; readonly accuracy: number };
  /** The probabilities of the classes, [rows, classes], between 0 and 1. */
  probabilities(state: NetworkState): Float32Array;
  /** The outputs of each hidden layer's activation function, [rows, units] each. */
  activations(state: NetworkState): readonly Float32Array[];
}

/**
 * Plans the network of a config for the forward pass alone, with all rows in one block.
 * @throws UncompilableError where memory is short, ConfigError for a network with convolutions
 */
export async function openEvaluator(config: Config, rows: DataSet): Promise<Evaluator> {
  const { hidden, activation, block } = denseModel(config);
  const { features, classes, count } = rows;
  const panels = Math.ceil(count / ROWS);
  const plan = new MemoryPlan();
  const parameters = new Parameters();
  let vectors: Vectors | undefined;
  const network = planStack(
    {
      ...{ plan, parameters, vectors: () => vectors as Vectors },
      ...{ rows: count, shape: rows.shape, classes, masks: [], mostlyZero: false },
    },
    {
      ...{ features, hidden, activation, panelsOfBlock: panels },
      block: block.startsWith('residual') ? 'residual' : 'plain',
      input: ({ x }) => [x.at, panels * features * FEATURE],
    },
  );
  vectors = { w: parameters.plan(plan), g: parameters.plan(plan) };
  const { w } = vectors;
  const loss = planLoss(config.loss, classes, network.logits, plan.words(panels * ROWS));
  const given = { x: plan.words(rows.x.length + ROWS), labels: plan.words(count), order: plan.words(count + ROWS) };
  const batch: Batch = { rows: count, x: plan.words(panels * ROWS * features), labels: plan.words(panels * ROWS) };
  const out = plan.words(2);

  const programOf = (add: (program: Program) => void): { readonly words: Int32Array; readonly part: Part } => {
    const program = new Program();
    add(program);
    const words = program.words();
    return { words, part: plan.words(words.length) };
  };
  const forward = (program: Program) => {
    network.begin(program);
    program.forBlocks(panels, panels, () => network.forward(program, batch));
  };
  const gather = programOf((program) => {
    program.op('gatherRows', given.x.at, 0, given.order.at, 0, batch.x.at, features, count);
    program.op('gatherLabels', given.labels.at, given.order.at, 0, batch.labels.at, count);
  });
  const answer = programOf(forward);
  const judge = programOf((program) => {
    network.begin(program);
    program.forBlocks(panels, panels, () => {
      network.forward(program, batch);
      loss.back(program, batch, panels * FEATURE);
    });
    loss.measure(program, batch, [out.at, 0]);
  });

  const { kernels, memory } = await instantiate(plan.bytes);
  for (const { words, part } of [gather, answer, judge]) integersOf(memory, part).set(words);
  floatsOf(memory, given.x).set(rows.x);
  integersOf(memory, given.labels).set(rows.labels);
  integersOf(memory, given.order).set(Int32Array.from({ length: count }, (_, i) => i));
  kernels.run(gather.part.at, 1);
  const run = (part: Part, state: NetworkState) => {
    for (const [i, values] of withoutNorms(state).entries()) {
      const parameter = parameters.list[i];
      if (!parameter) throw new Error(`expected ${parameters.list.length} variables of the network, got more`);
      pack(values, parameter, floatsOf(memory, { at: addressIn(w, parameter), length: parameter.size }));
    }
    kernels.run(part.at, 1);
  };
  return {
    measure: (state) => {
      run(judge.part, state);
      const [loss = Number.NaN, accuracy = Number.NaN] = floatsOf(memory, out);
      return { loss, accuracy };
    },
    probabilities: (state) => {
      run(answer.part, state);
      return toProbabilities(rowMajor(floatsOf(memory, network.logits), count, classes), classes, config.loss);
    },
    activations: (state) => {
      run(answer.part, state);
      return network.activations.map(({ at, channels }) =>
        rowMajor(floatsOf(memory, { at, length: panels * ROWS * channels }), count, channels),
      );
    },
  };
}

/** Converts [panel][unit][8] to [rows, units]. */
function rowMajor(panels: Float32Array, count: number, units: number): Float32Array {
  const rows = new Float32Array(count * units);
  for (let row = 0; row < count; row++) {
    const first = Math.floor(row / ROWS) * units * ROWS + (row % ROWS);
    for (let unit = 0; unit < units; unit++) rows[row * units + unit] = panels[first + unit * ROWS] as number;
  }
  return rows;
}
