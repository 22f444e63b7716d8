import type { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';
import { points } from './points.ts';

/**
 * The squares of a board over [-1, 1] x [-1, 1], alternating between two classes, with points spread evenly over them.
 */
export function onBoard(
  { n, noise }: { readonly n: number; readonly noise: number },
  squares: number,
  rng: Rng,
): DataSet {
  const side = 2 / squares;
  const cells = Array.from({ length: squares * squares }, (_, cell) => [cell % squares, Math.floor(cell / squares)]);
  const ofClass = [0, 1].map((c) => cells.filter(([column = 0, row = 0]) => (column + row) % 2 === c));
  return points(noise, n, 2, rng, (c) => {
    const own = ofClass[c] as number[][];
    const [column = 0, row = 0] = own[Math.floor(rng.uniform(0, own.length))] as number[];
    return [-1 + side * (column + rng.uniform(0, 1)), -1 + side * (row + rng.uniform(0, 1))];
  });
}
