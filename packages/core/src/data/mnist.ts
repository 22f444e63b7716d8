import { Rng } from '../random/rng.ts';
import type { DataSet } from './data-set.ts';
import { shuffled } from './shuffled.ts';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const CLASSES = 10;
/** Digits that no run trains on: the same ones for every seed. */
export const MNIST_TEST = 2000;

interface Digits {
  readonly pixels: Float32Array;
  readonly labels: Int32Array;
}

let loaded: Promise<Digits> | undefined;

/** The 10,000 MNIST digits (LeCun et al. 1998) of the package `mnist`, in a fixed shuffled order. */
function digits(): Promise<Digits> {
  loaded ??= readDigits();
  return loaded;
}

async function readDigits(): Promise<Digits> {
  // The name in a variable: a bundler for the browser must not follow it.
  const moduleName = 'node:module';
  const { createRequire } = (await import(moduleName)) as typeof import('node:module');
  const require = createRequire(import.meta.url);
  const files = Array.from(
    { length: CLASSES },
    (_, digit) => (require(`mnist/src/digits/${digit}.json`) as { data: number[] }).data,
  );
  const counts = files.map((values) => values.length / PIXELS);
  const total = counts.reduce((a, b) => a + b, 0);
  const origin = counts.flatMap((count, digit) => Array.from({ length: count }, (_, i) => [digit, i] as const));
  const pixels = new Float32Array(total * PIXELS);
  const labels = new Int32Array(total);
  for (const [row, from] of shuffled(total, Rng.of(0).split('mnist')).entries()) {
    const [digit, i] = origin[from] as readonly [number, number];
    labels[row] = digit;
    pixels.set((files[digit] as number[]).slice(i * PIXELS, (i + 1) * PIXELS), row * PIXELS);
  }
  return { pixels, labels };
}

/** `n` digits, 28 x 28 x 1 with values from 0 to 1, drawn from those that are not for testing. */
export async function mnistTraining(n: number, rng: Rng): Promise<DataSet> {
  const all = await digits();
  return pick(all, shuffled(all.labels.length - MNIST_TEST, rng).subarray(0, n));
}

/** The {@link MNIST_TEST} digits that no run trains on. */
export async function mnistTest(): Promise<DataSet> {
  const all = await digits();
  const first = all.labels.length - MNIST_TEST;
  return pick(
    all,
    Int32Array.from({ length: MNIST_TEST }, (_, i) => first + i),
  );
}

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
