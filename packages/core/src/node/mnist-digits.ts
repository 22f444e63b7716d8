import { createRequire } from 'node:module';
import { type Digits, shuffledDigits } from '../data/mnist.ts';

let loaded: Digits | undefined;

/** The digits of the package `mnist`, which is read once. */
export async function readDigits(): Promise<Digits> {
  const require = createRequire(import.meta.url);
  const pixelsOf = (digit: number) => (require(`mnist/src/digits/${digit}.json`) as { data: number[] }).data;
  loaded ??= shuffledDigits(Array.from({ length: 10 }, (_, digit) => pixelsOf(digit)));
  return loaded;
}
