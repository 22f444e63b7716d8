import type { ParamValue } from '../config/canonical.ts';
import { naturalOrder } from '../text/text-order.ts';

type Value = ParamValue | null | undefined;

/** The order of a factor's values everywhere: numbers by size, then texts as people order them, missing ones last. */
export function valueOrder(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return kindOf(a) - kindOf(b) || naturalOrder(String(a), String(b));
}

const kindOf = (value: Value): number =>
  value === null || value === undefined ? 2 : typeof value === 'number' ? 0 : 1;

/** The order of levels everywhere: by the first factor, then by the next. */
export function levelOrder(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, value] of a.entries()) {
    const order = valueOrder(value, b[i]);
    if (order !== 0) return order;
  }
  return 0;
}
