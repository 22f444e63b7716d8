/** Values are measured in single precision: any two that are closer than this are equal. */
const RESOLUTION = 1e-7;

/**
 * The step in which values come: the smallest of their distances that is not rounding. It is almost 0 for values on a
 * continuum and 1/30, or a multiple, for accuracies on 30 rows; 0 where all values are equal.
 */
export function leastStep(distances: Iterable<number>): number {
  let step = Number.POSITIVE_INFINITY;
  for (const distance of distances) if (distance > RESOLUTION && distance < step) step = distance;
  return Number.isFinite(step) ? step : 0;
}
