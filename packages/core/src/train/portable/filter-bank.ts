import { kernelOrder } from './kernel-layout.ts';
import type { Planning } from './network.ts';
import { addressIn, type Parameter } from './parameters.ts';
import type { PictureLayout, Pictures } from './pictures.ts';
import type { Program } from './program.ts';

/** A convolution with stride 1. */
export interface Convolution {
  /** Its filters and biases, next to each other. */
  readonly parameters: readonly Parameter[];
  /** To be called once a step. */
  begin(program: Program): void;
  /** @param fuseRelu whether ReLU is applied at once */
  forward(program: Program, x: readonly [at: number, bytesOfBlock: number], y: Pictures, fuseRelu: boolean): void;
  /** Adds to the gradients of the parameters. */
  weights(program: Program, x: readonly [at: number, bytesOfBlock: number], dy: Pictures): void;
  /** The gradient with respect to the input. */
  input(program: Program, dy: Pictures, dx: Pictures): void;
}

export interface ConvolutionOf {
  readonly from: PictureLayout;
  readonly filters: number;
  /** Height and width of a filter. */
  readonly side: number;
  readonly padding: number;
  /** Whether the gradient with respect to the input is wanted. */
  readonly wantsInput: boolean;
  /** The panels of a block. */
  readonly panels: number;
}

/** The filters of a convolution, [filters / 4][channels][side][side][4]. */
export interface FilterBank {
  readonly bank: Parameter;
  readonly bias: Parameter;
  /**
   * The filters rotated by 180 degrees, inputs and outputs exchanged: the gradient with respect to the input is a
   * convolution with these, without a bias.
   */
  readonly turned: { readonly bank: number; readonly bias: number } | null;
  /** To be called once a step. */
  begin(program: Program): void;
}

export function planBank({ plan, parameters, vectors }: Planning, of: ConvolutionOf): FilterBank {
  const { filters, side, wantsInput } = of;
  const { channels } = of.from;
  const taps = side * side;
  // The variable's shape is [side, side, channels, filters].
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

/** The strides of pictures, in the order in which the kernels take them. */
export const stridesOf = ({ row, channel, panel }: PictureLayout): readonly number[] => [row, channel, panel];
