import { type Digits, shuffledDigits } from './mnist.ts';

const CLASSES = 10;
const PIXELS = 28 * 28;
/** The package has its pixels with three decimals. */
const PIXEL_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => Math.round((1000 * byte) / 255) / 1000);

/** The digits of the bytes that scripts/digits.mjs writes: the same numbers, in the same order, as those of the package. */
export function digitsOf(bytes: ArrayBuffer): Digits {
  const counts = new Uint32Array(bytes, 0, CLASSES);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const expected = counts.byteLength + total * PIXELS;
  if (bytes.byteLength !== expected) throw new Error(`expected ${expected} bytes of digits, got ${bytes.byteLength}`);
  let at = counts.byteLength;
  return shuffledDigits(
    Array.from(counts, (count) => {
      const values = Float32Array.from(
        new Uint8Array(bytes, at, count * PIXELS),
        (byte) => PIXEL_OF_BYTE[byte] as number,
      );
      at += count * PIXELS;
      return values;
    }),
  );
}
