import type { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';

/**
 * Classes of points in the plane, class by class, each point moved by noise * normal in both directions.
 * @param place where point i of class c lies before the noise; it may draw from the same generator
 */
export function points(
  noise: number,
  perClass: number,
  classes: number,
  rng: Rng,
  place: (c: number, i: number) => readonly [x: number, y: number],
): DataSet {
  const count = perClass * classes;
  const x = new Float32Array(2 * count);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const c = Math.floor(row / perClass);
    const [across, up] = place(c, row % perClass);
    x[2 * row] = across + noise * rng.normal();
    x[2 * row + 1] = up + noise * rng.normal();
    labels[row] = c;
  }
  return { x, labels, count, features: 2, shape: [2], classes };
}
