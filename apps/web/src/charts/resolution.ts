// The resolution of single precision, in which networks are trained. A metric that has settled still moves by its last bit;
// scaled to the full height of a chart, that would look like a whole training.

/** 128 times the distance between neighbouring single-precision numbers, relative to their size. */
const LEAST_SPAN = 2 ** -16;

/** Whether two values are too close to be told apart in single precision. */
export const isOne = (low: number, high: number): boolean =>
  high - low < LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));

/** The ends of an axis: the given ones, or wider ones where these cannot be told apart. */
export function drawnEnds(low: number, high: number): [low: number, high: number] {
  const least = LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low < least)) return [low, high];
  const middle = low + (high - low) / 2;
  return [middle - least / 2, middle + least / 2];
}
