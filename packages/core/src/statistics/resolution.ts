/** What is measured is of single precision: what is closer than this is the same. */
const RESOLUTION = 1e-7;

/**
 * The step in which values come: the least of their distances that is one. Of what is measured on a continuum it is next to
 * nothing; of accuracies on 30 rows it is 1/30, or a multiple; 0 where there is none.
 */
export function leastStep(distances: Iterable<number>): number {
  let step = Number.POSITIVE_INFINITY;
  for (const distance of distances) if (distance > RESOLUTION && distance < step) step = distance;
  return Number.isFinite(step) ? step : 0;
}
