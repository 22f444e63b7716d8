/**
 * Points of one metric of one run, as columns of equal length: the place on the axis (`steps`) and the value. Places
 * ascend; on an axis of steps no place comes twice.
 */
export interface Curve<Column extends ArrayLike<number> = Float64Array> {
  readonly steps: Column;
  readonly values: Column;
}
