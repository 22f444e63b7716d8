// Networks train in single precision, which tells about seven digits apart: numbers become what it holds here alone.

/** What a feature is measured by: `(value - origin) / unit`, less `mean`, divided by `deviation`, both of these measured so. */
export interface FeatureScale {
  readonly origin: number;
  readonly unit: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The mean and standard deviation (that of a population) of some values, in two passes and relative to the first value
 * and the largest distance from it: neither digits that all values share nor very small or large ones cost precision.
 * @returns a deviation of 0 for values that are all the same
 */
export function scaleOf(values: Float64Array): FeatureScale {
  const origin = values[0] ?? 0;
  let unit = 0;
  for (const value of values) unit = Math.max(unit, Math.abs(value - origin));
  if (unit === 0) return { origin, unit: 1, mean: 0, deviation: 0 };
  let sum = 0;
  for (const value of values) sum += (value - origin) / unit;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += ((value - origin) / unit - mean) ** 2;
  return { origin, unit, mean, deviation: Math.sqrt(squares / values.length) };
}

/** A value as it is trained on: measured by a scale, where there is one, and in single precision. */
export function narrowed(value: number, scale: FeatureScale | null): number {
  if (scale === null) return Math.fround(value);
  const { origin, unit, mean, deviation } = scale;
  // A feature that is the same in all rows tells nothing: 0, rather than rounding errors made large.
  return deviation === 0 ? 0 : Math.fround(((value - origin) / unit - mean) / deviation);
}

/** Different values that narrowing makes equal. */
export interface Collapse {
  /** How many different values there are, and how many are left. */
  readonly before: number;
  readonly after: number;
  /** Two of those that became equal. */
  readonly example: readonly [number, number];
}

/** What of some values single precision cannot tell apart; null where that is nothing. */
export function collapseOf(values: Float64Array, scale: FeatureScale | null): Collapse | null {
  if (scale?.deviation === 0) return null;
  // Narrowing keeps the order, so that values that become equal are neighbours.
  const sorted = values.slice().sort();
  let [before, after] = [0, 0];
  let example: [number, number] | null = null;
  let [last, lastSingle] = [Number.NaN, Number.NaN];
  for (const value of sorted) {
    if (value === last) continue;
    const single = narrowed(value, scale);
    before += 1;
    if (single !== lastSingle) after += 1;
    else example ??= [last, value];
    [last, lastSingle] = [value, single];
  }
  return example && { before, after, example };
}
