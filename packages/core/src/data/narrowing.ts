// Networks train in single precision, which holds about seven digits. Numbers are narrowed to it here and nowhere else.

/**
 * How a feature is standardized: u = (value - origin) / unit, then (u - mean) / deviation, the mean and deviation being
 * those of u.
 */
export interface FeatureScale {
  readonly origin: number;
  readonly unit: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The mean and (population) standard deviation of some values, in two passes, relative to the first value and to the
 * largest distance from it: neither digits that all values share nor very small or large values cost precision.
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

/** A value as it is trained on: standardized by `scale`, unless that is null, and in single precision. */
export function narrowed(value: number, scale: FeatureScale | null): number {
  if (scale === null) return Math.fround(value);
  const { origin, unit, mean, deviation } = scale;
  // A feature that is the same in all rows says nothing: 0, rather than rounding errors blown up.
  return deviation === 0 ? 0 : Math.fround(((value - origin) / unit - mean) / deviation);
}

/** Different values that become equal when they are narrowed. */
export interface Collapse {
  /** How many different values there were before, and after. */
  readonly before: number;
  readonly after: number;
  /** Two values that became equal. */
  readonly example: readonly [number, number];
}

/** Which of some values single precision cannot tell apart; null where it can tell all of them. */
export function collapseOf(values: Float64Array, scale: FeatureScale | null): Collapse | null {
  if (scale?.deviation === 0) return null;
  // Narrowing keeps the order, so values that become equal are neighbours.
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
