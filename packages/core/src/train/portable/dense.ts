import type { ActiveLists } from './active.ts';
import { kernelOrder } from './kernel-layout.ts';
import type { Planning } from './network.ts';
import { addressIn, type Parameter } from './parameters.ts';
import { ROWS, WORD } from './plan.ts';
import type { Program } from './program.ts';

/** From so many inputs and outputs on the kernel's gradient is added up row by row. */
const WIDE = { inputs: 16, outputs: 8 };
/** Up to so many outputs a layer's gradient over its input has them all in registers. */
const NARROW = 4;

/** Bytes of a row's feature in all rows of a panel. */
export const FEATURE = ROWS * WORD;

/** A dense layer: y = x W + b. */
export interface Dense {
  /** Its kernel, and its bias where it has one, side by side. */
  readonly parameters: readonly Parameter[];
  /** Once a step. */
  begin(program: Program): void;
  /** @param fuseRelu with ReLU behind it */
  forward(program: Program, x: readonly [at: number, bytesOfBlock: number], y: number, fuseRelu?: boolean): void;
  /** Adds to its gradients: dy is where y was. */
  weights(program: Program, x: readonly [at: number, bytesOfBlock: number], dy: number): void;
  /** The gradient over its input, times the slope of what made it. */
  input(program: Program, dy: number, slope: number, slopeAt: number, dx: number): void;
}

interface DenseOf {
  /** `scratchOf` words. */
  readonly scratch: number;
  /** What it may leave out, where that is worth while. */
  readonly active: ActiveLists | null;
  readonly useBias: boolean;
  /** Whether the gradient over its input is wanted. */
  readonly wantsInput: boolean;
  /** Which of the kernel's inputs is each of those that stand in a row. */
  readonly inputOrder?: Int32Array;
}

export function planDense(
  { plan, parameters, vectors }: Planning,
  [inputs, outputs]: readonly [number, number],
  { scratch, active, useBias, wantsInput, inputOrder }: DenseOf,
): Dense {
  const kernel = parameters.add(inputs * outputs, kernelOrder(inputs, outputs, inputOrder));
  const bias = useBias ? parameters.add(outputs) : null;
  const wide = inputs >= WIDE.inputs && outputs >= WIDE.outputs;
  const lists = active ?? { inputs: 0, outputs: 0 };
  const turned = wantsInput && outputs > NARROW ? plan.words(inputs * outputs).at : null;
  // A layer without a bias adds zeros, and its gradient goes nowhere.
  const without = bias ? null : { w: plan.words(outputs), g: plan.words(outputs) };
  const at = (which: 'w' | 'g', parameter: Parameter) => addressIn(vectors()[which], parameter);
  const biasAt = (which: 'w' | 'g') => (bias ? at(which, bias) : (without as NonNullable<typeof without>)[which].at);
  return {
    parameters: bias ? [kernel, bias] : [kernel],
    begin: (program) => {
      if (turned !== null) program.op('turn', at('w', kernel), turned, inputs, outputs);
    },
    forward: (program, x, y, fuseRelu = false) =>
      program.op(
        fuseRelu ? 'denseRelu' : 'dense',
        ...[...x, at('w', kernel), biasAt('w'), y, inputs, outputs],
        ...[lists.inputs, scratch],
      ),
    weights: (program, x, dy) => {
      const args = [...x, dy, at('g', kernel), biasAt('g'), inputs, outputs];
      if (active?.mostlyZero) program.op('denseWeightSparse', ...args, lists.inputs, scratch);
      else if (wide) program.op('denseWeightWide', ...args, lists.inputs, lists.outputs, scratch);
      else program.op('denseWeight', ...args);
    },
    input: (program, dy, slope, slopeAt, dx) => {
      const args = [dy, slopeAt, dx, slope, inputs, outputs];
      if (turned === null) program.op('denseBackNarrow', at('w', kernel), ...args);
      else program.op('denseBack', turned, ...args, lists.outputs, lists.inputs, scratch);
    },
  };
}
