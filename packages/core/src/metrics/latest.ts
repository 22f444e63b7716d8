/** The latest point of a metric. */
export interface LatestPoint {
  readonly step: number;
  /** ms since 1970; null where it was not recorded. */
  readonly time: number | null;
  readonly value: number;
}

/**
 * Whether a point that came later in a series is also its latest: that is the point of the highest step, among several
 * of one step the one measured last, and among several of one moment the highest value, as in MLflow. Points of several
 * processes come in any order, and a training that goes back to an earlier step is not further than it was.
 */
export function isLatest(point: LatestPoint, known: LatestPoint): boolean {
  if (point.step !== known.step) return point.step > known.step;
  if (point.time === null || known.time === null || point.time !== known.time) {
    return (point.time ?? Number.POSITIVE_INFINITY) >= (known.time ?? Number.NEGATIVE_INFINITY);
  }
  return Number.isNaN(known.value) || point.value >= known.value;
}
