import { describe, expect, it } from 'vitest';
import type { DataSet } from '../src/data/data-set.ts';
import { permutedPixels } from '../src/data/mnist.ts';
import { buildConfig, Rng, trainingStudy } from '../src/index.ts';

const PIXELS = 28 * 28;

/** Pictures of which each pixel has a value of its own: its picture's number and its place. */
const pictures = (count: number): DataSet => ({
  x: Float32Array.from({ length: count * PIXELS }, (_, i) => i),
  labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  count,
  features: PIXELS,
  shape: [28, 28, 1],
  classes: 10,
});

/** From which place each pixel of a picture comes. */
const placesOf = ({ x }: DataSet, picture: number): number[] =>
  [...x.subarray(picture * PIXELS, (picture + 1) * PIXELS)].map((value) => value - picture * PIXELS);

describe('permuted pixels', () => {
  const drawn = { train: pictures(3), test: pictures(2) };
  const permuted = permutedPixels(drawn, Rng.of(1));

  it('are the pixels of each picture in one other order, the same to train and to test', () => {
    const order = placesOf(permuted.train, 0);
    expect(order).not.toEqual(placesOf(drawn.train, 0));
    expect([...order].sort((a, b) => a - b)).toEqual(placesOf(drawn.train, 0));
    for (const places of [placesOf(permuted.train, 2), placesOf(permuted.test, 1)]) expect(places).toEqual(order);
    expect(permuted.test.labels).toEqual(drawn.test.labels);
  });

  it('have another order for another seed', () => {
    expect(permutedPixels(drawn, Rng.of(2)).train.x).not.toEqual(permuted.train.x);
  });

  it('are no part of a config that does not ask for them, as none of before did', () => {
    const { defaults } = trainingStudy('mlp-vs-cnn');
    expect(defaults.data).not.toHaveProperty('permuted');
    expect(buildConfig(defaults, { 'data.permuted': true }).data).toHaveProperty('permuted', true);
    expect(() => buildConfig(defaults, { 'data.permuted': false })).toThrow('permuted');
  });
});
