import { onBoard } from '../../data/board.ts';
import { dataKind } from './data-kind.ts';
import { n, spread } from './fields.ts';

/** A board of two by two squares: the class is whether x and y differ in sign. */
export const xor = dataKind({
  id: 'xor',
  label: 'XOR',
  fields: { n, noise: spread.default(0.1) },
  facts: { planar: true },
  draw: (told, rng) => onBoard(told, 2, rng),
});
