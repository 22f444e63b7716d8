import type { Config } from '../../config/schema.ts';
import { type Digits, permutedDigit } from '../../data/mnist.ts';
import { Rng } from '../../random/rng.ts';

export { digitsOf } from '../../data/digit-bytes.ts';
export type { Digits };

/** Where the bytes of the digits stand, for a page that fetches them. Its place is the same from the sources and from what is built of them. */
export const DIGITS_URL = new URL('../../../src/generated/digits.bin', import.meta.url);

/** A digit as the networks of a config get it: with its pixels in the order of the seed, where the config permutes them. */
export function pixelsAsGiven({ data, seed }: Pick<Config, 'data' | 'seed'>, pixels: Float32Array): Float32Array {
  const isPermuted = data.name === 'mnist' && data.permuted;
  return isPermuted ? permutedDigit(pixels, Rng.of(seed).split('data').split('pixels')) : pixels;
}
