import type { DataConfig } from '../config/schema.ts';
import { cos, sin } from '../random/exact-math.ts';
import type { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';
import { type Sample, trainingSample } from './sample.ts';

// Classes of points in the plane, class by class, each point moved by noise * normal in both directions.

type Of<N extends DataConfig['name']> = Extract<DataConfig, { name: N }>;
type Point = readonly [x: number, y: number];

/** @param place where point i of class c lies before the noise; it may draw from the same generator */
function points(
  noise: number,
  perClass: number,
  classes: number,
  rng: Rng,
  place: (c: number, i: number) => Point,
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

/** Two half circles that reach into each other, as scikit-learn's make_moons, moved so that their middle is (0, 0). */
export function moons({ n, noise }: Of<'moons'>, rng: Rng, { perClass, at }: Sample = trainingSample(n)): DataSet {
  return points(noise, perClass, 2, rng, (c, i) => {
    const angle = (Math.PI * at(i, n - 1)) / (n - 1);
    const [x, y] = c === 0 ? [cos(angle), sin(angle)] : [1 - cos(angle), 0.5 - sin(angle)];
    return [x - 0.5, y - 0.25];
  });
}

/** A circle of radius 1 around one of radius 0.5, as scikit-learn's make_circles with factor 0.5. */
export function circles({ n, noise }: Of<'circles'>, rng: Rng, { perClass, at }: Sample = trainingSample(n)): DataSet {
  return points(noise, perClass, 2, rng, (c, i) => {
    const angle = (2 * Math.PI * at(i, n)) / n;
    const radius = c === 0 ? 1 : 0.5;
    return [radius * cos(angle), radius * sin(angle)];
  });
}

/** Clouds around centres that lie evenly on the unit circle; the noise is their spread. */
export function gaussians({ n, noise, classes }: Of<'gaussians'>, rng: Rng): DataSet {
  return points(noise, n, classes, rng, (c) => {
    const angle = (2 * Math.PI * c) / classes;
    return [cos(angle), sin(angle)];
  });
}

/** Squares of a board over [-1, 1] x [-1, 1] that alternate between two classes; points spread evenly over them. */
export function checkerboard(config: Of<'checkerboard'>, rng: Rng): DataSet {
  return onBoard(config, config.squares, rng);
}

/** A board of two squares a side: the class is whether x and y differ in sign. */
export function xor(config: Of<'xor'>, rng: Rng): DataSet {
  return onBoard(config, 2, rng);
}

function onBoard({ n, noise }: { readonly n: number; readonly noise: number }, squares: number, rng: Rng): DataSet {
  const side = 2 / squares;
  const cells = Array.from({ length: squares * squares }, (_, cell) => [cell % squares, Math.floor(cell / squares)]);
  const ofClass = [0, 1].map((c) => cells.filter(([column = 0, row = 0]) => (column + row) % 2 === c));
  return points(noise, n, 2, rng, (c) => {
    const own = ofClass[c] as number[][];
    const [column = 0, row = 0] = own[Math.floor(rng.uniform(0, own.length))] as number[];
    return [-1 + side * (column + rng.uniform(0, 1)), -1 + side * (row + rng.uniform(0, 1))];
  });
}
