import { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';
import { shuffled } from './shuffled.ts';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;
/** How many digits no run trains on: the same ones for every seed. */
const MNIST_TEST = 2000;

/** Pictures of digits, one after the other, and the digit that each shows. */
export interface Digits {
  /** [pictures x 28 x 28], from 0 to 1. */
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

type Pixels = readonly number[] | Float32Array;

/**
 * Digits in a fixed shuffled order, the same on every machine.
 * @param files by digit, 0 to 9, the pixels of its pictures
 */
export function shuffledDigits(files: readonly Pixels[]): Digits {
  const counts = files.map((values) => values.length / PIXELS);
  const total = counts.reduce((a, b) => a + b, 0);
  const origin = counts.flatMap((count, digit) => Array.from({ length: count }, (_, i) => [digit, i] as const));
  const pixels = new Float32Array(total * PIXELS);
  const labels = new Int32Array(total);
  for (const [row, from] of shuffled(total, Rng.of(0).split('mnist')).entries()) {
    const [digit, i] = origin[from] as readonly [number, number];
    labels[row] = digit;
    pixels.set((files[digit] as Pixels).slice(i * PIXELS, (i + 1) * PIXELS), row * PIXELS);
  }
  return { pixels, labels };
}

/** Digits to train on, and the digits that no run trains on. */
interface DividedDigits {
  readonly train: DataSet;
  readonly test: DataSet;
}

/**
 * `n` digits to train on, [28, 28, 1] with values from 0 to 1, drawn from those that are not for testing; and the
 * {@link MNIST_TEST} that no run trains on.
 */
export function divideDigits(all: Digits, n: number, rng: Rng): DividedDigits {
  const first = all.labels.length - MNIST_TEST;
  return {
    train: pick(all, shuffled(first, rng).subarray(0, n)),
    test: pick(
      all,
      Int32Array.from({ length: MNIST_TEST }, (_, i) => first + i),
    ),
  };
}

/**
 * The same digits with the pixels of all of them permuted alike, so that what is learned from one still applies to the
 * others.
 */
export function permutedPixels({ train, test }: DividedDigits, rng: Rng): DividedDigits {
  const order = shuffled(PIXELS, rng);
  return { train: { ...train, x: inOrder(train.x, order) }, test: { ...test, x: inOrder(test.x, order) } };
}

function inOrder(pixels: Float32Array, order: Int32Array): Float32Array {
  const x = new Float32Array(pixels.length);
  for (let start = 0; start < x.length; start += PIXELS)
    for (const [place, from] of order.entries()) x[start + place] = pixels[start + from] as number;
  return x;
}

/** The pixels of a digit in the order that {@link permutedPixels} gives them by the same generator. */
export const permutedDigit = (pixels: Float32Array, rng: Rng): Float32Array => inOrder(pixels, shuffled(PIXELS, rng));

function pick({ pixels, labels }: Digits, rows: Int32Array): DataSet {
  const x = new Float32Array(rows.length * PIXELS);
  for (const [row, from] of rows.entries()) x.set(pixels.subarray(from * PIXELS, (from + 1) * PIXELS), row * PIXELS);
  return {
    x,
    labels: rows.map((from) => labels[from] as number),
    count: rows.length,
    features: PIXELS,
    shape: [SIDE, SIDE, 1],
    classes: CLASSES,
  };
}
