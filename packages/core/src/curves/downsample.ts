import type { Curve } from './curve.ts';

/** The stretch of an axis that is in view, both ends included. */
export type Range = readonly [from: number, to: number];

// A bucket keeps at most its lowest and highest point and the first of each kind of value that cannot be drawn.
const KINDS = 3;
const KEPT_PER_BUCKET = 2 + KINDS;

/** The most points that downsampling a range to so many buckets can keep. */
export const mostKept = (buckets: number): number => KEPT_PER_BUCKET * (buckets + 1) + 2;

/** The powers of two whose inverse and double are still finite numbers other than 0. */
const [LEAST_WIDTH, MOST_SPAN] = [2 ** -1022, 2 ** 1022];

/**
 * The width of a bucket: the smallest power of two with which at most `buckets` cover the span; 1 for a span of 0.
 * Buckets are anchored at 0, so that a growing series is cut at the same places until it is twice as long.
 */
export function bucketWidth(span: number, buckets: number): number {
  if (!(span > 0 && span <= MOST_SPAN)) return 1;
  // Never 0, which a tenth of a span of 5e-324 is: the loop would not end.
  let width = Math.max(LEAST_WIDTH, 2 ** Math.floor(Math.log2(span / buckets)));
  while (span / width > buckets) width *= 2;
  return width;
}

/** The kind of a value that cannot be drawn: 0 for NaN, 1 for +Infinity, 2 for -Infinity; -1 for a finite value. */
function kindOf(value: number): number {
  if (Number.isFinite(value)) return -1;
  return Number.isNaN(value) ? 0 : value > 0 ? 1 : 2;
}

/**
 * Positions, from `first` to `last`, of the first and last point, and of every bucket the lowest, the highest, and the
 * first NaN, +Infinity and -Infinity.
 */
export function keepPerBucket(
  points: Curve<ArrayLike<number>>,
  width: number,
  first = 0,
  last = points.steps.length - 1,
): number[] {
  const { steps, values } = points;
  const kept: number[] = [];
  let bucket = Number.NaN;
  let low = -1;
  let high = -1;
  const broken = [-1, -1, -1];
  // The first and last point may also be the lowest of their bucket: each position is kept once, in order.
  const keep = (i: number) => {
    if (i > first && i < last && i !== kept[kept.length - 1]) kept.push(i);
  };
  // In most buckets every value can be drawn, and there is nothing to sort.
  let isBroken = false;
  const close = () => {
    if (isBroken) {
      for (const i of [low, high, ...broken].sort((a, b) => a - b)) keep(i);
      broken.fill(-1);
      isBroken = false;
      return;
    }
    keep(Math.min(low, high));
    keep(Math.max(low, high));
  };
  if (first <= last) kept.push(first);
  for (let i = first; i <= last; i++) {
    const at = Math.floor((steps[i] as number) / width);
    if (at !== bucket) {
      close();
      bucket = at;
      low = -1;
      high = -1;
    }
    const value = values[i] as number;
    const kind = kindOf(value);
    if (kind >= 0) {
      if ((broken[kind] as number) < 0) broken[kind] = i;
      isBroken = true;
      continue;
    }
    if (low < 0 || value < (values[low] as number)) low = i;
    if (high < 0 || value > (values[high] as number)) high = i;
  }
  close();
  if (last > first) kept.push(last);
  return kept;
}

/** The first position whose step is at least `step`. */
export function positionOf(steps: ArrayLike<number>, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first and last position in a range; the last lies before the first where the range holds no point. */
export function within(steps: ArrayLike<number>, [from, to]: Range): [first: number, last: number] {
  const first = positionOf(steps, from);
  let last = positionOf(steps, to);
  while (last < steps.length && steps[last] === to) last += 1;
  return [first, last - 1];
}

/**
 * Positions of points that draw like all points of the range: its first and last, and of every bucket the lowest, the
 * highest and those that are not finite. A range with few points keeps all of them. Steps never decrease.
 */
export function downsample(points: Curve<ArrayLike<number>>, buckets: number, range?: Range): number[] {
  const { steps } = points;
  const [first, last] = range ? within(steps, range) : [0, steps.length - 1];
  const count = last - first + 1;
  if (count <= 2 * buckets) return Array.from({ length: Math.max(0, count) }, (_, i) => first + i);
  const [from, to] = range ?? [steps[first] as number, steps[last] as number];
  return keepPerBucket(points, bucketWidth(to - from, buckets), first, last);
}
