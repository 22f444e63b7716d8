// Whether a graph computes the same as its ops run one by one.

/** The relative difference that two orders of the same sums may have. */
const MEASURED_TOLERANCE = 0.02;
/** An update that is missing, reversed, halved or tenfold is off by half of its length or more. */
const CHANGE_TOLERANCE = 1e-3;
/** The relative error that rounding to float32 leaves in a change, as a part of the value changed. */
const ROUNDING = 2 ** -22;

/** Whether measured numbers agree as closely as two orders of the same sums do. */
export function isClose(a: Float32Array, b: Float32Array): boolean {
  let [difference, length] = [0, 0];
  for (const [i, value] of b.entries()) {
    const other = a[i] as number;
    if (Object.is(value, other) || value === other) continue;
    if (!Number.isFinite(value) || !Number.isFinite(other)) return false;
    difference += (other - value) ** 2;
  }
  for (const value of b) if (Number.isFinite(value)) length += value ** 2;
  return Math.sqrt(difference) <= MEASURED_TOLERANCE * Math.sqrt(length) + 1e-6;
}

/**
 * Whether a step changed vectors as it should have: the length of the deviation is small beside the length of the
 * change, over all vectors together. Comparing states would not tell: beside the weights, every single step is small.
 */
export function isSameChange(
  before: readonly Float32Array[],
  found: readonly Float32Array[],
  expected: readonly Float32Array[],
): boolean {
  let [otherwise, change, size] = [0, 0, 0];
  for (const [k, wanted] of expected.entries()) {
    for (const [i, value] of wanted.entries()) {
      const [from, other] = [before[k]?.[i] as number, found[k]?.[i] as number];
      if (Number.isFinite(from)) size += from ** 2;
      if (Object.is(value, other)) {
        if (Number.isFinite(value - from)) change += (value - from) ** 2;
        continue;
      }
      if (!Number.isFinite(value) || !Number.isFinite(other)) return false;
      otherwise += (other - value) ** 2;
      change += (value - from) ** 2;
    }
  }
  return Math.sqrt(otherwise) <= CHANGE_TOLERANCE * Math.sqrt(change) + ROUNDING * Math.sqrt(size);
}
