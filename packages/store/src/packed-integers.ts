// For integers that go on nearly as before, as steps and times in ms do: of each, the difference between its distance
// from the one before and that one's distance from its predecessor (0 for counted steps), in bytes of seven bits,
// lowest first.

/** Beyond this, a sum of three may not be an exact integer as a double. */
const MOST = 2 ** 50;
const MOST_BYTES = 8;

/** The bytes of some integers; null where a number is not an integer, is -0, or is too large. */
export function bytesOfIntegers(numbers: Float64Array): Buffer | null {
  const bytes = Buffer.allocUnsafe(MOST_BYTES * numbers.length);
  let [at, before, distance] = [0, 0, 0];
  for (const number of numbers) {
    if (!Number.isInteger(number) || Math.abs(number) > MOST || Object.is(number, -0)) return null;
    const step = number - before;
    const change = step - distance;
    // Zigzag coding: small numbers of either sign become small.
    let rest = change >= 0 ? 2 * change : -2 * change - 1;
    while (rest >= 128) {
      bytes[at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    bytes[at++] = rest;
    [before, distance] = [number, step];
  }
  return bytes.subarray(0, at);
}

/** The integers that {@link bytesOfIntegers} packed. */
export function unpackedIntegers(bytes: Buffer, count: number): Float64Array {
  const numbers = new Float64Array(count);
  let [at, before, distance] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    let [rest, weight] = [0, 1];
    let byte = bytes[at++] as number;
    while (byte >= 128) {
      rest += (byte - 128) * weight;
      weight *= 128;
      byte = bytes[at++] as number;
    }
    rest += byte * weight;
    distance += rest % 2 === 0 ? rest / 2 : -(rest + 1) / 2;
    before += distance;
    numbers[i] = before;
  }
  return numbers;
}
