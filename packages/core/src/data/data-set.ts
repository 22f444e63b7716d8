/** Labelled points. `x` holds `count` rows of `features` values; `labels` the class of each row. */
export interface DataSet {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
  readonly features: number;
  readonly classes: number;
}
