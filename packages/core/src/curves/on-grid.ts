import type { Curve } from './curve.ts';

/**
 * A curve on a grid of multiples of `width`: at each, the last value that was recorded at or before it. From the grid
 * point that takes in the first value to the one that takes in the last. Curves over time never have a moment in
 * common; on one grid they can be averaged.
 */
export function onGrid({ steps, values }: Curve, width: number): Curve {
  const n = steps.length;
  if (n === 0) return { steps, values };
  const from = Math.ceil((steps[0] as number) / width);
  const to = Math.ceil((steps[n - 1] as number) / width);
  const count = to - from + 1;
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
