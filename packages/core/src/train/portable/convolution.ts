import { type Convolution, type ConvolutionOf, planBank, stridesOf } from './filter-bank.ts';
import type { Planning } from './network.ts';
import { addressIn } from './parameters.ts';
import { isWinograd, planWinograd } from './winograd.ts';

export const planConvolution = (planning: Planning, of: ConvolutionOf): Convolution =>
  (isWinograd(of) ? planWinograd : planDirect)(planning, of);

function planDirect(planning: Planning, of: ConvolutionOf): Convolution {
  const { vectors } = planning;
  const { from, filters, side, padding } = of;
  const { channels, height, width } = from;
  const { bank, bias, turned, begin } = planBank(planning, of);
  const field = [channels, height, width, filters, side, side, padding];
  return {
    ...{ parameters: [bank, bias], begin },
    forward: (program, x, y, fuseRelu) => {
      const { w } = vectors();
      program.op(
        fuseRelu ? 'convRelu' : 'conv',
        ...[...x, addressIn(w, bank), addressIn(w, bias), y.at, ...field],
        ...stridesOf(from),
        ...stridesOf(y.layout),
      );
    },
    weights: (program, x, dy) => {
      const { g } = vectors();
      program.op(
        'convWeight',
        ...[...x, dy.at, addressIn(g, bank), addressIn(g, bias), ...field],
        ...stridesOf(from),
        ...stridesOf(dy.layout),
      );
    },
    input: (program, dy, dx) => {
      if (!turned) throw new Error('expected a convolution whose input has a gradient');
      const { height: rows, width: columns } = dy.layout;
      program.op(
        'conv',
        ...[dy.at, 0, turned.bank, turned.bias, dx.at],
        ...[filters, rows, columns, channels, side, side, side - 1 - padding],
        ...stridesOf(dy.layout),
        ...stridesOf(dx.layout),
      );
    },
  };
}
