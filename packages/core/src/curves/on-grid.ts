import type { Curve } from './curve.ts';
import type { Range } from './downsample.ts';

/**
 * A curve on a grid of multiples of `width`: at each grid point, the last value recorded at or before it. It runs from
 * the grid point at or after the first value to the one at or after the last, as far as both lie in `range`. Curves
 * over time share no moment; on one grid they can be averaged.
 */
export function onGrid({ steps, values }: Curve, width: number, range: Range | null = null): Curve {
  const n = steps.length;
  if (n === 0) return { steps, values };
  const [least, most] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const from = Math.ceil(Math.max(steps[0] as number, least) / width);
  const to = Math.min(Math.ceil((steps[n - 1] as number) / width), Math.floor(most / width));
  const count = Math.max(0, to - from + 1);
  const grid = { steps: new Float64Array(count), values: new Float64Array(count) };
  let at = 0;
  for (let g = 0; g < count; g++) {
    const step = (from + g) * width;
    while (at + 1 < n && (steps[at + 1] as number) <= step) at += 1;
    grid.steps[g] = step;
    grid.values[g] = values[at] as number;
  }
  return grid;
}
