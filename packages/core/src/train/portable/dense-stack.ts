import type { ModelConfig } from '../../config/schema.ts';
import type { ActivationId } from '../../kinds/activations/index.ts';
import { NO_SLOPE, type PlannedActivation, planActivation } from './activations.ts';
import { planActives, scratchOf } from './active.ts';
import { type PlannedBatchNorm, planBatchNorm } from './batch-norm.ts';
import { type Dense, FEATURE, planDense } from './dense.ts';
import type { Batch, Network, Planning } from './network.ts';
import { type Part, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/** A hidden layer: dense, batch norm, activation, its input added, dropout; each but the first and third where asked for. */
interface Hidden {
  readonly units: number;
  readonly dense: Dense;
  readonly norm: PlannedBatchNorm | null;
  readonly activation: PlannedActivation;
  /** What the activation gives, and on the way back the gradient over what it was given. */
  readonly activated: Part;
  /** Whether its input is added. */
  readonly residual: boolean;
  readonly mask: readonly [number, number] | undefined;
  /** What the next layer is given: `activated` where nothing comes between. */
  readonly output: Part;
  /** On the way back the gradient over `output`: `activated` where the next layer multiplies it by the slope at once. */
  readonly gradient: Part;
}

/** The layers of a stack, and what stands before it. */
interface StackOf {
  readonly features: number;
  readonly hidden: readonly number[];
  readonly activation: ActivationId;
  readonly block: Extract<ModelConfig, { name: 'mlp' }>['block'];
  readonly panelsOfBlock: number;
  /** Where the rows of a block stand, [panel][feature][8], and the bytes to the next block's. */
  readonly input: (batch: Batch) => readonly [at: number, bytesOfBlock: number];
  /** Which element of a row stands where, where they do not stand as they are. */
  readonly inputOrder?: Int32Array;
  /** Where the gradient over the rows is wanted. */
  readonly inputGradient?: number;
}

/** Dense layers to logits: what an MLP is made of, and what a network with convolutions ends with. */
export type Stack = Pick<Network, 'logits' | 'activations' | 'weighted' | 'running' | 'begin' | 'forward' | 'backward'>;

/** From so many panels of a block on, layers leave out what is 0 in all of them. */
const SPARSE_PANELS = 4;

export function planStack(planning: Planning, of: StackOf): Stack {
  const { features, hidden, activation, block, panelsOfBlock, input, inputOrder, inputGradient } = of;
  const { plan, masks, classes, mostlyZero } = planning;
  const normalised = block === 'batch-norm' || block === 'residual-batch-norm';
  const buffer = (units: number) => plan.words(panelsOfBlock * ROWS * units);
  const widths = [features, ...hidden, classes];
  // Lists cost too much for a panel alone; and what was 0 must still be 0 where the next layer is given it.
  const sparse = panelsOfBlock >= SPARSE_PANELS && block === 'plain' && masks.length === 0;
  const mayBeZero = (place: number) => sparse && (place === 0 || (activation === 'relu' && place <= hidden.length));
  const actives = planActives(plan, widths, mayBeZero, mostlyZero);
  const scratch = plan.words(
    Math.max(...widths.slice(1).map((units, i) => scratchOf(widths[i] as number, units, panelsOfBlock))),
  );
  const denseOf = (i: number, sizes: readonly [number, number], useBias: boolean) =>
    planDense(planning, sizes, {
      ...{ scratch: scratch.at, useBias, wantsInput: i > 0 || inputGradient !== undefined },
      active: actives.around(i),
      ...(i === 0 && inputOrder && { inputOrder }),
    });
  let width = features;
  const layers = hidden.map((units, i): Hidden => {
    const dense = denseOf(i, [width, units], !normalised);
    const activated = buffer(units);
    const norm = normalised ? planBatchNorm(planning, units, activated) : null;
    const residual = block.startsWith('residual') && width === units;
    const nextIsResidual = block.startsWith('residual') && hidden[i + 1] === units;
    const mask = masks[i];
    const output = residual || mask ? buffer(units) : activated;
    width = units;
    return {
      units,
      dense,
      norm,
      activation: planActivation(plan, activation, activated),
      activated,
      residual,
      mask,
      output,
      gradient: output === activated && nextIsResidual ? buffer(units) : output,
    };
  });
  const last = denseOf(layers.length, [width, classes], true);
  const logits = buffer(classes);

  const inputOf = (layer: number, batch: Batch): readonly [number, number] => {
    const before = layers[layer - 1];
    return before ? [before.output.at, 0] : input(batch);
  };
  /** The gradient over what layer `layer` is given. */
  const backInto = (program: Program, dense: Dense, dy: number, layer: number) => {
    const before = layers[layer - 1];
    if (before) {
      const { slope, slopeAt } = before.activation;
      dense.input(program, dy, before.gradient === before.activated ? slope : NO_SLOPE, slopeAt, before.gradient.at);
    } else if (inputGradient !== undefined) dense.input(program, dy, NO_SLOPE, 0, inputGradient);
  };

  return {
    logits,
    weighted: [...layers.map(({ dense }) => dense), last].map((dense) => dense.parameters),
    running: layers.flatMap(({ norm }) => norm?.running ?? []),
    activations: layers.map(({ units, activated }) => ({
      at: activated.at,
      channels: units,
      height: 1,
      width: 1,
      row: FEATURE,
      channel: FEATURE,
      panel: units * FEATURE,
    })),
    begin: (program) => {
      actives.begin(program);
      for (const dense of [...layers.map(({ dense }) => dense), last]) dense.begin(program);
    },
    forward: (program, batch) => {
      actives.find(program, 0, input(batch));
      layers.forEach(({ units, dense, norm, activation: act, activated, residual, mask, output }, i) => {
        const x = inputOf(i, batch);
        const fuse = activation === 'relu' && !norm;
        dense.forward(program, x, norm ? norm.input.at : activated.at, fuse);
        norm?.forward(program, batch);
        if (!fuse) act.forward(program, units);
        if (residual) program.op('add', activated.at, ...x, output.at, units);
        if (mask)
          program.op('drop', residual ? output.at : activated.at, ...mask, output.at, units, panelsOfBlock * ROWS);
        actives.find(program, i + 1, [output.at, 0]);
      });
      last.forward(program, inputOf(layers.length, batch), logits.at);
    },
    backward: (program, batch) => {
      last.weights(program, inputOf(layers.length, batch), logits.at);
      backInto(program, last, logits.at, layers.length);
      for (const [i, layer] of [...layers.entries()].reverse()) {
        const { units, dense, norm, activation: act, activated, residual, mask, gradient } = layer;
        if (mask) program.op('drop', gradient.at, ...mask, gradient.at, units, panelsOfBlock * ROWS);
        if (gradient !== activated) program.op('slope', gradient.at, act.slopeAt, activated.at, act.slope, units);
        norm?.backward(program, batch);
        dense.weights(program, inputOf(i, batch), activated.at);
        backInto(program, dense, activated.at, i);
        const into = residual ? layers[i - 1]?.gradient.at : undefined;
        if (into !== undefined) program.op('add', into, gradient.at, 0, into, units);
      }
    },
  };
}
