/** The latest point of a metric. */
export interface LatestPoint {
  readonly step: number;
  /** ms since 1970; null where it was not noted. */
  readonly time: number | null;
  readonly value: number;
}

/**
 * Whether a point that came later in a series is also its latest: the one of the highest step, of several at one step the
 * one measured last, and of several at one moment the highest value, as MLflow has it. Points of several processes come in
 * any order, and a training that goes back to an earlier step is not further than it was.
 */
export function isLatest(point: LatestPoint, known: LatestPoint): boolean {
  if (point.step !== known.step) return point.step > known.step;
  if (point.time === null || known.time === null || point.time !== known.time) {
    return (point.time ?? Number.POSITIVE_INFINITY) >= (known.time ?? Number.NEGATIVE_INFINITY);
  }
  return Number.isNaN(known.value) || point.value >= known.value;
}
