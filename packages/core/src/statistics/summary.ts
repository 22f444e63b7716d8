import { meanOf, sdOf } from './moments.ts';
import { type Interval, meanInterval } from './student.ts';

/** Of a share: in which steps it comes, 1 / rows; 0 where that is not known. */
export interface Bounds {
  readonly step: number;
}

/** Centre and spread of a sample. `sd` is the sample standard deviation (n - 1); it and `ci95` are null for one value. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
  /** The 95% interval of the mean: Student's; of a share, between 0 and 1 (see below). */
  readonly ci95: Interval | null;
}

/**
 * @param shared the variance that all values have in common, as a share of one's (splits.ts)
 * @param bounds between which each value lies by what it is
 * @throws RangeError for no values
 */
export function summarize(values: readonly number[], shared = 0, bounds?: Bounds): Summary {
  if (values.length === 0) throw new RangeError('summarize: expected at least one value, got none');
  const n = values.length;
  const average = meanOf(values);
  const sd = n > 1 ? sdOf(values) : null;
  return {
    n,
    mean: average,
    sd,
    ci95: bounds ? boundedInterval(average, sd, n, shared, bounds) : meanInterval(average, sd, n, shared),
  };
}

/** The standard deviation of what rounding to steps of 1 takes away. */
const ROUNDED = 1 / Math.sqrt(12);

/**
 * The interval of the mean of shares, within 0 and 1: Student's, of the mean's logit by the delta method. Of accuracies near
 * 1 it holds the mean in 91 to 94% of the cases where Student's own does in 87 to 90, three times of four with an end above
 * 1. The spread is at least what the steps of the metric leave unknown: of 30 rows each, three times 1 is no certainty.
 * Null where there is no spread and no step is known.
 */
function boundedInterval(
  mean: number,
  sd: number | null,
  n: number,
  shared: number,
  { step }: Bounds,
): Interval | null {
  const spread = Math.max(sd ?? 0, step * ROUNDED);
  if (sd === null || spread === 0) return null;
  // A mean of 0 or 1 has no logit; it is known to a part of a step.
  const nearest = Math.max(step / 2 / n, Number.EPSILON);
  const inside = Math.min(1 - nearest, Math.max(nearest, mean));
  const half = (meanInterval(0, spread, n, shared) as Interval)[1] / (inside * (1 - inside));
  const logit = Math.log(inside / (1 - inside));
  const [low, high] = [logit - half, logit + half].map((x) => 1 / (1 + Math.exp(-x))) as [number, number];
  return [Math.min(low, mean), Math.max(high, mean)];
}
