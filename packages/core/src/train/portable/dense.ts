import type { ActiveLists } from './active.ts';
import { kernelOrder } from './kernel-layout.ts';
import type { Planning } from './network.ts';
import { addressIn, type Parameter } from './parameters.ts';
import { ROWS, WORD } from './plan.ts';
import type { Program } from './program.ts';

/** From this many inputs and outputs on, the kernel's gradient is added up row by row. */
const WIDE = { inputs: 16, outputs: 8 };
/** Up to this many outputs, the gradient with respect to the input keeps all of them in registers. */
const NARROW = 4;

/** The bytes of one feature in all rows of a panel. */
export const FEATURE = ROWS * WORD;

/** A dense layer: y = x W + b. */
export interface Dense {
  /** Its kernel and, where it has one, its bias, next to each other. */
  readonly parameters: readonly Parameter[];
  /** To be called once a step. */
  begin(program: Program): void;
  /** @param fuseRelu whether ReLU is applied at once */
  forward(program: Program, x: readonly [at: number, bytesOfBlock: number], y: number, fuseRelu?: boolean): void;
  /** Adds to the gradients of the parameters: dy is where y was. */
  weights(program: Program, x: readonly [at: number, bytesOfBlock: number], dy: number): void;
  /** The gradient with respect to the input, times the slope of the activation before it. */
  input(program: Program, dy: number, slope: number, slopeAt: number, dx: number): void;
}

interface DenseOf {
  /** `scratchOf` words of scratch memory. */
  readonly scratch: number;
  /** The features that it may leave out, where that is worth it. */
  readonly active: ActiveLists | null;
  readonly useBias: boolean;
  /** Whether the gradient with respect to its input is wanted. */
  readonly wantsInput: boolean;
  /** Which of the kernel's inputs each element of a row is. */
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
  // A layer without a bias adds zeros, and their gradient is discarded.
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
