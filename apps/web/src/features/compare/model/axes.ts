import { valueOrder } from '@whorl/core';
import type { FactorValue } from '#src/contract/comparison.ts';

/** How a quantity is laid out along an axis. */
export type AxisScale =
  | { readonly kind: 'linear' }
  | { readonly kind: 'log' }
  /** Each value has a place of its own. */
  | { readonly kind: 'places'; readonly values: readonly FactorValue[] };

/** A positive quantity whose ends have at least this ratio gets a logarithmic axis. */
const LOGARITHMIC = 100;

/**
 * Chooses a scale for some values: places for texts, logarithmic for positive numbers of very different sizes, else linear.
 */
export function scaleFor(values: readonly FactorValue[]): AxisScale {
  const present = values.filter((value) => value !== null);
  const numbers = present.filter((value): value is number => typeof value === 'number');
  if (numbers.length < present.length || numbers.length === 0) {
    const distinct = [...new Set(present)];
    return { kind: 'places', values: distinct.sort(valueOrder) };
  }
  const finite = numbers.filter(Number.isFinite);
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const value of finite) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > 0 && high / low >= LOGARITHMIC ? { kind: 'log' } : { kind: 'linear' };
}

/** The place of a value on its axis; null where it cannot be drawn. */
export function placeOnAxis(scale: AxisScale, value: FactorValue | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (scale.kind === 'places') {
    const place = scale.values.indexOf(value);
    return place < 0 ? null : place;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return scale.kind === 'log' && value <= 0 ? null : value;
}
