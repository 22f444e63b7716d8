import { type Convolution, type ConvolutionOf, planBank, stridesOf } from './filter-bank.ts';
import type { Planning } from './network.ts';
import { addressIn } from './parameters.ts';
import { ROWS } from './plan.ts';

/** The numbers of a tile of 4 x 4. */
const TILE = 16;

/** Whether assembly/convolution/winograd.ts can compute a convolution. */
export const isWinograd = ({ from: { channels }, filters, side, padding }: ConvolutionOf): boolean =>
  side === 3 && padding === 1 && channels % 4 === 0 && filters % 4 === 0;

/** A convolution by products of tiles. */
export function planWinograd(planning: Planning, of: ConvolutionOf): Convolution {
  const { plan, vectors } = planning;
  const { from, filters, panels } = of;
  const { channels, height, width } = from;
  const { bank, bias, turned, begin } = planBank(planning, of);
  const tiles = panels * TILE * Math.ceil(height / 2) * Math.ceil(width / 2) * ROWS;
  const numbers = TILE * channels * filters;
  const forth = plan.words(numbers);
  const back = turned && plan.words(numbers);
  // What the forward pass makes of the input is half of the gradient with respect to the filters.
  const [ofInput, ofGradient] = [plan.words(tiles * channels), plan.words(tiles * filters)];
  const sums = plan.words(numbers);
  const zeros = plan.words((width + 3) * ROWS);
  const size = [channels, height, width, filters];
  return {
    parameters: [bank, bias],
    begin: (program) => {
      begin(program);
      program.op('winogradFilters', addressIn(vectors().w, bank), forth.at, channels, filters);
      if (turned && back) program.op('winogradFilters', turned.bank, back.at, filters, channels);
    },
    forward: (program, x, y, fuseRelu) =>
      program.op(
        'winograd',
        ...[...x, forth.at, addressIn(vectors().w, bias), y.at, ...size, ofInput.at, zeros.at, Number(fuseRelu)],
        ...stridesOf(from),
        ...stridesOf(y.layout),
      ),
    weights: (program, _, dy) => {
      const { g } = vectors();
      program.op(
        'winogradWeight',
        ...[ofInput.at, dy.at, addressIn(g, bank), addressIn(g, bias), ...size, ofGradient.at, sums.at, zeros.at],
        ...stridesOf(dy.layout),
      );
    },
    input: (program, dy, dx) => {
      if (!turned || !back) throw new Error('expected a convolution whose input has a gradient');
      program.op(
        'winograd',
        ...[dy.at, 0, back.at, turned.bias, dx.at, filters, height, width, channels, ofGradient.at, zeros.at, 0],
        ...stridesOf(dy.layout),
        ...stridesOf(dx.layout),
      );
    },
  };
}
