import { type Range, within } from '@whorl/core';

/** Adds the nearest positions outside of the range, so that a line that goes on leaves the picture. */
export function withNeighbours(kept: readonly number[], steps: Float64Array, range: Range | null): number[] {
  if (range === null) return [...kept];
  const [first, last] = within(steps, range);
  const before = first > 0 ? [first - 1] : [];
  const after = last + 1 < steps.length ? [last + 1] : [];
  return [...before, ...kept, ...after];
}
