import * as tf from '@tensorflow/tfjs-core';
import type { CompiledStep } from '../step/compiled-step.ts';
import type { Step } from '../step/step.ts';
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

/** Most steps of a call, and most bytes of what they read. */
const MOST_STEPS = 500;
const MOST_INPUT_BYTES = 32e6;
/** What every step measures, before what its probes do. */
const LOSS_AND_ACCURACY = 2;

/**
 * Lowers a step to programs for the kernels, one for each number of rows that a batch can have. All memory is planned
 * before there is any; the state stays in it between calls.
 * @throws UncompilableError where there is not enough memory, or no kernel for a kind
 */
export async function compilePortable(step: Step): Promise<CompiledStep> {
  if (!step.of) throw new Error('expected a step that was built of a model');
  const { config, data, batches, augment, dropouts, probe } = step.of;
  const largest = step.inputs(0);
  const bytes = largest.reduce((sum, { values }) => sum + values.byteLength, 0);
  const most = Math.max(1, Math.min(MOST_STEPS, Math.floor(MOST_INPUT_BYTES / Math.max(1, bytes))));

  const plan = new MemoryPlan();
  const inputs = new StepInputs(plan, largest, most);
  // In the order of `step.inputs`.
  let input = 0;
  const rowsInput = batches.full ? null : inputs.at(input++);
  const picturesInput = augment ? inputs.at(input++) : null;
  const masks = dropouts.map(() => inputs.at(input++));
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
  const width = step.measures.length;
  const out = plan.words(most * width);
  const outAt = (i: number): [number, number] => [out.at + WORD * i, WORD * width];
  const probes = probe ? planProbes(plan, network, vectors.g, (i) => outAt(LOSS_AND_ACCURACY + i)) : null;

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

  const trained = parameters.list.map((parameter, i) => ({
    parameter,
    variable: step.state[i] as tf.Variable,
    floats: floatsOf(memory, { at: addressIn(known().w, parameter), length: parameter.size }),
  }));
  const running = network.running.map((part, i) => ({
    variable: step.state[step.trained + i] as tf.Variable,
    floats: floatsOf(memory, part),
  }));
  for (const { parameter, variable, floats } of trained) pack(variable.dataSync(), parameter, floats);
  for (const { variable, floats } of running) floats.set(variable.dataSync());
  const assign = (variable: tf.Variable, values: Float32Array) =>
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));

  return {
    prepare: async () => {},
    run: (first, count) => {
      const measured = new Float32Array(count * width);
      const program = programs.get(batches.size(first));
      if (!program) throw new Error(`no program for ${batches.size(first)} rows`);
      for (let done = 0; done < count; done += most) {
        const steps = Math.min(most, count - done);
        for (let i = 0; i < steps; i++) inputs.write(memory, i, step.inputs(first + done + i));
        kernels.run(program.part.at, steps);
        measured.set(floatsOf(memory, { at: out.at, length: steps * width }), done * width);
      }
      return measured;
    },
    writeBack: () => {
      for (const { parameter, variable, floats } of trained) assign(variable, unpack(floats, parameter));
      for (const { variable, floats } of running) assign(variable, Float32Array.from(floats));
    },
    dispose: () => {},
  };
}
