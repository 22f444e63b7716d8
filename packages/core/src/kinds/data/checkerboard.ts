import { z } from 'zod';
import { onBoard } from '../../data/board.ts';
import { dataKind } from './data-kind.ts';
import { n, spread } from './fields.ts';

export const checkerboard = dataKind({
  id: 'checkerboard',
  label: 'checkerboard',
  otherNames: ['chess', 'checkers', 'chessboard'],
  fields: {
    n,
    noise: spread.default(0.02), // the squares are narrow: more would mix them
    squares: z.int().min(2).max(100).default(4).describe('squares a side'),
  },
  facts: { planar: true },
  draw: (told, rng) => onBoard(told, told.squares, rng),
});
