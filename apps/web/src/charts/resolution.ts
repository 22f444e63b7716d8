// What single precision, in which networks are trained, can tell apart. A value that has settled goes up and down by its
// last bit; drawn from its lowest to its highest, that would look like the whole of a training.

/** 128 times the distance between neighbouring numbers of single precision, as a share of their size. */
const LEAST_SPAN = 2 ** -16;

/** Whether two ends are closer than numbers of their size can be told apart. */
export const isOne = (low: number, high: number): boolean =>
  high - low < LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));

/** The ends to draw: these, or where they are closer than numbers of their size can be told apart, wider around them. */
export function drawnEnds(low: number, high: number): [low: number, high: number] {
  const least = LEAST_SPAN * Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low < least)) return [low, high];
  const middle = low + (high - low) / 2;
  return [middle - least / 2, middle + least / 2];
}
