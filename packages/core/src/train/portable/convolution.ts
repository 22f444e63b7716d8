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

interface ConvolutionOf {
  readonly from: PictureLayout;
  readonly filters: number;
  /** Height and width of a filter. */
  readonly side: number;
  readonly padding: number;
  /** Whether the gradient over its input is wanted. */
  readonly wantsInput: boolean;
}

const strides = ({ row, channel, panel }: PictureLayout) => [row, channel, panel];

export function planConvolution(
  { plan, parameters, vectors }: Planning,
  { from, filters, side, padding, wantsInput }: ConvolutionOf,
): Convolution {
  const { channels, height, width } = from;
  const taps = side * side;
  // The variable is [side, side, channels, filters], the bank here [filters / 4][channels][side][side][4].
  const inputOrder = new Int32Array(channels * taps);
  for (let c = 0; c < channels; c++) for (let t = 0; t < taps; t++) inputOrder[c * taps + t] = t * channels + c;
  const bank = parameters.add(channels * taps * filters, kernelOrder(channels * taps, filters, inputOrder));
  const bias = parameters.add(filters);
  // Turned round, inputs and outputs exchanged: the gradient over the input is a convolution with that, and no bias.
  const turned = wantsInput ? { bank: plan.words(bank.size).at, bias: plan.words(channels).at } : null;
  const field = [channels, height, width, filters, side, side, padding];
  return {
    parameters: [bank, bias],
    begin: (program) => {
      if (turned) program.op('flip', addressIn(vectors().w, bank), turned.bank, channels, side, side, filters);
    },
    forward: (program, x, y, fuseRelu) => {
      const { w } = vectors();
      program.op(
        fuseRelu ? 'convRelu' : 'conv',
        ...[...x, addressIn(w, bank), addressIn(w, bias), y.at, ...field],
        ...strides(from),
        ...strides(y.layout),
      );
    },
    weights: (program, x, dy) => {
      const { g } = vectors();
      program.op(
        'convWeight',
        ...[...x, dy.at, addressIn(g, bank), addressIn(g, bias), ...field],
        ...strides(from),
        ...strides(dy.layout),
      );
    },
    input: (program, dy, dx) => {
      if (!turned) throw new Error('expected a convolution whose input has a gradient');
      const { height: rows, width: columns } = dy.layout;
      program.op(
        'conv',
        ...[dy.at, 0, turned.bank, turned.bias, dx.at],
        ...[filters, rows, columns, channels, side, side, side - 1 - padding],
        ...strides(dy.layout),
        ...strides(dx.layout),
      );
    },
  };
}
