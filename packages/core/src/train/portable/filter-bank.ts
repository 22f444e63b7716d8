import { kernelOrder } from './kernel-layout.ts';
import type { Planning } from './network.ts';
import { addressIn, type Parameter } from './parameters.ts';
import type { PictureLayout, Pictures } from './pictures.ts';
import type { Program } from './program.ts';

/** A convolution with stride 1. */
export interface Convolution {
  /** Its filters and their biases, side by side. */
  readonly parameters: readonly Parameter[];
  /** Once a step. */
  begin(program: Program): void;
  /** @param fuseRelu with ReLU behind it */
  forward(program: Program, x: readonly [at: number, bytesOfBlock: number], y: Pictures, fuseRelu: boolean): void;
  /** Adds to its gradients. */
  weights(program: Program, x: readonly [at: number, bytesOfBlock: number], dy: Pictures): void;
  /** The gradient over its input. */
  input(program: Program, dy: Pictures, dx: Pictures): void;
}

export interface ConvolutionOf {
  readonly from: PictureLayout;
  readonly filters: number;
  /** Height and width of a filter. */
  readonly side: number;
  readonly padding: number;
  /** Whether the gradient over its input is wanted. */
  readonly wantsInput: boolean;
  /** Panels of a block. */
  readonly panels: number;
}

/** The filters of a convolution, [filters / 4][channels][side][side][4]. */
export interface FilterBank {
  readonly bank: Parameter;
  readonly bias: Parameter;
  /** Turned round, inputs and outputs exchanged: the gradient over the input is a convolution with that, and no bias. */
  readonly turned: { readonly bank: number; readonly bias: number } | null;
  /** Once a step. */
  begin(program: Program): void;
}

export function planBank({ plan, parameters, vectors }: Planning, of: ConvolutionOf): FilterBank {
  const { filters, side, wantsInput } = of;
  const { channels } = of.from;
  const taps = side * side;
  // The variable is [side, side, channels, filters].
  const inputOrder = new Int32Array(channels * taps);
  for (let c = 0; c < channels; c++) for (let t = 0; t < taps; t++) inputOrder[c * taps + t] = t * channels + c;
  const bank = parameters.add(channels * taps * filters, kernelOrder(channels * taps, filters, inputOrder));
  const bias = parameters.add(filters);
  const turned = wantsInput ? { bank: plan.words(bank.size).at, bias: plan.words(channels).at } : null;
  return {
    ...{ bank, bias, turned },
    begin: (program) => {
      if (turned) program.op('flip', addressIn(vectors().w, bank), turned.bank, channels, side, side, filters);
    },
  };
}

/** What the kernels take of where pictures stand. */
export const stridesOf = ({ row, channel, panel }: PictureLayout): readonly number[] => [row, channel, panel];
