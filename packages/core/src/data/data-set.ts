/** Labelled rows. `x`: [count, features] values; `labels`: the class of each row. */
export interface DataSet {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
  readonly features: number;
  /** The shape of one row: [2] for a point in the plane, [28, 28, 1] for a picture. */
  readonly shape: readonly number[];
  readonly classes: number;
}
