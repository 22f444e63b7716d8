import type { ModelConfig } from '../../config/schema.ts';
import type { ActivationId } from '../../kinds/activations/index.ts';
import { NO_SLOPE, type PlannedActivation, planActivation } from './activations.ts';
import { planActives, scratchOf } from './active.ts';
import { type PlannedBatchNorm, planBatchNorm } from './batch-norm.ts';
import { type Dense, FEATURE, planDense } from './dense.ts';
import type { Batch, Network, Planning } from './network.ts';
import { type Part, ROWS } from './plan.ts';
import type { Program } from './program.ts';

/**
 * A hidden layer: dense, batch norm, activation, addition of the input, dropout; all but dense and activation are
 * optional.
 */
interface Hidden {
  readonly units: number;
  readonly dense: Dense;
  readonly norm: PlannedBatchNorm | null;
  readonly activation: PlannedActivation;
  /** The activation's output; in the backward pass, the gradient with respect to the activation's input. */
  readonly activated: Part;
  /** Whether the layer's input is added. */
  readonly residual: boolean;
  readonly mask: readonly [number, number] | undefined;
  /** The input of the next layer: `activated` where nothing comes between. */
  readonly output: Part;
  /**
   * In the backward pass the gradient with respect to `output`: `activated` where the next layer multiplies by the
   * slope at once.
   */
  readonly gradient: Part;
}

/** The layers of a stack, and what precedes it. */
interface StackOf {
  readonly features: number;
  readonly hidden: readonly number[];
  readonly activation: ActivationId;
  readonly block: Extract<ModelConfig, { name: 'mlp' }>['block'];
  readonly panelsOfBlock: number;
  /** Where the rows of a block are, [panel][feature][8], and the distance in bytes to those of the next block. */
  readonly input: (batch: Batch) => readonly [at: number, bytesOfBlock: number];
  /** Which element of a row is at each place, where that is not the order of the data. */
  readonly inputOrder?: Int32Array;
  /** Where to write the gradient with respect to the rows, if it is wanted. */
  readonly inputGradient?: number;
}

/** Dense layers to logits: an MLP, or the end of a network with convolutions. */
export type Stack = Pick<Network, 'logits' | 'activations' | 'weighted' | 'running' | 'begin' | 'forward' | 'backward'>;

/** With blocks of at least this many panels, layers leave out features that are 0 in all of them. */
const SPARSE_PANELS = 4;

export function planStack(planning: Planning, of: StackOf): Stack {
  const { features, hidden, activation, block, panelsOfBlock, input, inputOrder, inputGradient } = of;
  const { plan, masks, classes, mostlyZero } = planning;
  const normalised = block === 'batch-norm' || block === 'residual-batch-norm';
  const buffer = (units: number) => plan.words(panelsOfBlock * ROWS * units);
  const widths = [features, ...hidden, classes];
  // Lists cost too much for a single panel; and features that are 0 must still be 0 at the input of the next layer.
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
  /** The gradient with respect to the input of layer `layer`. */
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
