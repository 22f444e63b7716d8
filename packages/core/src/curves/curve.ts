/**
 * Points of one metric of one run along an axis, as columns of equal length: where each lies, and its value. They are in
 * order: no place is before the one ahead of it, and of steps none comes twice.
 */
export interface Curve<Column extends ArrayLike<number> = Float64Array> {
  readonly steps: Column;
  readonly values: Column;
}
