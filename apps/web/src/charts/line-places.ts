import type { LineAxes } from './line-axes.ts';
import { type MeanLine, span } from './line-picture.ts';
import { type LineScale, placeOn } from './line-scale.ts';

// Coordinates of points within the picture: x and y in turn, each from 0 to 1; a gap where one is NaN.

/**
 * The coordinates of the points in view and of the next point on either side, so that a line that goes on leaves the
 * picture.
 */
export function placesOf(xs: ArrayLike<number>, ys: ArrayLike<number>, axes: LineAxes): Float64Array {
  const [first, end] = span(xs, [axes.x.from, axes.x.to]);
  return placesBetween(xs, ys, Math.max(0, first - 1), Math.min(xs.length, end + 1), axes);
}

/** The coordinates of the points at positions `from` to before `to`. */
export function placesBetween(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  from: number,
  to: number,
  { x, y }: LineAxes,
): Float64Array {
  const places = new Float64Array(2 * (to - from));
  let at = 0;
  for (let i = from; i < to; i++) {
    if (x.logarithmic && !((xs[i] as number) > 0)) continue;
    const value = ys[i] as number;
    places[at++] = placeOn(x, xs[i] as number);
    places[at++] = Number.isFinite(value) ? placeOn(y, value) : Number.NaN;
  }
  return places.subarray(0, at);
}

/** The outline of a band: along its upper edge and back along its lower one. */
export function bandOutline(
  { xs, low, high }: Pick<MeanLine, 'xs' | 'low' | 'high'>,
  start: number,
  past: number,
  { x, y }: LineAxes,
): Float64Array {
  const places = new Float64Array(4 * (past - start));
  const inside = (value: number) => placeOn(y, Math.min(y.to, Math.max(y.from, value)));
  for (let i = start; i < past; i++) {
    const [at, back] = [2 * (i - start), places.length - 2 * (i - start) - 2];
    places[at] = placeOn(x, xs[i] as number);
    places[back] = places[at] as number;
    places[at + 1] = inside(high[i] as number);
    places[back + 1] = inside(low[i] as number);
  }
  return places;
}

/** Marks that are closer than this share of the view would overlap, so only the first of them is drawn. */
const APART = 0.016;

export function farApart(xs: readonly number[], scale: LineScale): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return xs
    .toSorted((a, b) => a - b)
    .filter((x) => {
      const place = placeOn(scale, x);
      if (!(place - last >= APART)) return false;
      last = place;
      return true;
    });
}
