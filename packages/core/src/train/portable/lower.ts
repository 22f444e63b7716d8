import type { Config } from '../../config/schema.ts';
import type { DataSet } from '../../data/data-set.ts';
import type { Batches } from '../batches/batches.ts';
import type { StepInput } from '../batches/step-input.ts';
import { isMostlyZero } from './active.ts';
import { FEATURE } from './dense.ts';
import { StepInputs } from './inputs.ts';
import { planLoss } from './losses.ts';
import { instantiate } from './module.ts';
import type { Batch, Vectors } from './network.ts';
import { planNetwork } from './networks.ts';
import { planOptimizer } from './optimizers.ts';
import { addressIn, Parameters, pack, unpack } from './parameters.ts';
import { floatsOf, integersOf, MemoryPlan, ROWS, WORD } from './plan.ts';
import { planProbes } from './probes.ts';
import { Program } from './program.ts';

/** The most steps of a call, and the most bytes of their inputs. */
const MOST_STEPS = 500;
const MOST_INPUT_BYTES = 32e6;
/** The numbers that every step measures before those of its probes. */
const LOSS_AND_ACCURACY = 2;

/** A training to be lowered to programs for the kernels. */
export interface Training {
  readonly config: Config;
  readonly data: DataSet;
  readonly batches: Batches;
  /** Whether steps get augmented pictures in place of rows. */
  readonly augments: boolean;
  /** The number of dropout layers. */
  readonly dropouts: number;
  /** Whether the layers are measured at each step. */
  readonly probes: boolean;
  /** How many numbers a step measures. */
  readonly width: number;
  /** The inputs of a step, as in batches/inputs-of-step.ts. */
  inputs(step: number): readonly StepInput[];
}

/** Numbers of a training in the engine's memory: the values of one variable of its model. */
export interface HeldNumbers {
  read(): Float32Array;
  write(values: ArrayLike<number>): void;
}

/** A training with memory of its own. Its weights are zeros until they are written. */
export interface Lowered {
  /** In the order of the model's variables. */
  readonly trained: readonly HeldNumbers[];
  /** Running means and variances, in the order of the model's variables. */
  readonly running: readonly HeldNumbers[];
  /**
   * Runs steps `first` to `first + count - 1`, which must all have the same number of rows.
   * @returns [count, width] measured numbers, row by row
   */
  run(first: number, count: number): Float32Array;
}

/**
 * Lowers a training to programs for the kernels, one for each number of rows that a batch can have. All memory is
 * planned before it is allocated; the state stays there between calls.
 * @throws UncompilableError where memory is short, or a kind has no kernel
 */
export async function lower(training: Training): Promise<Lowered> {
  const { config, data, batches, augments, dropouts, width } = training;
  const largest = training.inputs(0);
  const bytes = largest.reduce((sum, { values }) => sum + values.byteLength, 0);
  const most = Math.max(1, Math.min(MOST_STEPS, Math.floor(MOST_INPUT_BYTES / Math.max(1, bytes))));

  const plan = new MemoryPlan();
  const inputs = new StepInputs(plan, largest, most);
  // In the order of `inputsOfStep`.
  let input = 0;
  const rowsInput = batches.full ? null : inputs.at(input++);
  const picturesInput = augments ? inputs.at(input++) : null;
  const masks = Array.from({ length: dropouts }, () => inputs.at(input++));
  const scalars = largest.slice(input).map((_, i) => inputs.at(input + i));

  const rows = batches.size(0);
  const panels = Math.ceil(rows / ROWS);
  const parameters = new Parameters();
  let vectors: Vectors | undefined;
  const known = () => vectors as Vectors;
  const network = planNetwork(config.model, {
    ...{ plan, parameters, vectors: known },
    ...{ rows, shape: data.shape, classes: data.classes, masks },
    mostlyZero: isMostlyZero(data.x),
  });
  vectors = { w: parameters.plan(plan), g: parameters.plan(plan) };
  const update = planOptimizer(config.optimizer, plan, vectors);
  const loss = planLoss(config.loss, data.classes, network.logits, plan.words(network.panelsOfBlock * ROWS));

  const given = { x: plan.words(data.x.length + ROWS), labels: plan.words(data.count) };
  const identity = plan.words(rows + ROWS);
  const [x, labels] = [plan.words(network.batchWords), plan.words(panels * ROWS)];
  const out = plan.words(most * width);
  const outAt = (i: number): [number, number] => [out.at + WORD * i, WORD * width];
  const probes = training.probes ? planProbes(plan, network, vectors.g, (i) => outAt(LOSS_AND_ACCURACY + i)) : null;

  const programOf = (count: number): Program => {
    const program = new Program();
    const batch: Batch = { rows: count, x, labels };
    if (picturesInput) network.gather(program, batch, picturesInput, [identity.at, 0]);
    else if (rowsInput) network.gather(program, batch, [given.x.at, 0], rowsInput);
    if (rowsInput) program.op('gatherLabels', given.labels.at, ...rowsInput, labels.at, count);
    network.begin(program);
    program.forBlocks(Math.ceil(count / ROWS), network.panelsOfBlock, () => {
      network.forward(program, batch);
      probes?.watch(program, batch);
      loss.back(program, batch, network.panelsOfBlock * FEATURE);
      network.backward(program, batch);
    });
    loss.measure(program, batch, outAt(0));
    probes?.measure(program, count);
    update(program, scalars);
    return program;
  };

  const counts = [...new Set([rows, batches.size(batches.perEpoch - 1)])];
  const programs = new Map(
    counts.map((count) => {
      const words = programOf(count).words();
      return [count, { words, part: plan.words(words.length) }] as const;
    }),
  );
  const gathered = new Program();
  network.gather(gathered, { rows, x, labels }, [given.x.at, 0], [identity.at, 0]);
  gathered.op('gatherLabels', given.labels.at, identity.at, 0, labels.at, rows);
  const gatherWords = gathered.words();
  const gatherPart = plan.words(gatherWords.length);

  const { kernels, memory } = await instantiate(plan.bytes);
  for (const { words, part } of programs.values()) integersOf(memory, part).set(words);
  floatsOf(memory, given.x).set(data.x);
  integersOf(memory, given.labels).set(data.labels);
  integersOf(memory, identity).set(Int32Array.from({ length: rows }, (_, i) => i));
  if (batches.full) {
    integersOf(memory, gatherPart).set(gatherWords);
    kernels.run(gatherPart.at, 1);
  }

  return {
    trained: parameters.list.map((parameter) => {
      const floats = floatsOf(memory, { at: addressIn(known().w, parameter), length: parameter.size });
      return { read: () => unpack(floats, parameter), write: (values) => pack(values, parameter, floats) };
    }),
    running: network.running.map((part) => {
      const floats = floatsOf(memory, part);
      return { read: () => Float32Array.from(floats), write: (values) => floats.set(values) };
    }),
    run: (first, count) => {
      const measured = new Float32Array(count * width);
      const program = programs.get(batches.size(first));
      if (!program) throw new Error(`no program for ${batches.size(first)} rows`);
      for (let done = 0; done < count; done += most) {
        const steps = Math.min(most, count - done);
        for (let i = 0; i < steps; i++) inputs.write(memory, i, training.inputs(first + done + i));
        kernels.run(program.part.at, steps);
        measured.set(floatsOf(memory, { at: out.at, length: steps * width }), done * width);
      }
      return measured;
    },
  };
}
