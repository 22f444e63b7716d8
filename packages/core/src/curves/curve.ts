/** The points of one metric of one run, as columns of equal length. */
export interface Points {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Points in order: every step is larger than the one before. */
export interface Curve {
  readonly steps: Float64Array;
  readonly values: Float64Array;
}
