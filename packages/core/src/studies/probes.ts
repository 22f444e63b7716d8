/**
 * What a run measures beside the loss and accuracy of every batch and, after the last update, those of the whole
 * training set (`trainLoss`, `trainAccuracy`) and test set (`testLoss`, `testAccuracy`, `ece`).
 */
export interface Probes {
  /** After how many updates to look at the decision boundary, in a run of `steps` steps; for data in the plane. */
  readonly boundary?: (steps: number) => readonly number[];
  /**
   * Whether to measure gradients and activations of each layer at every step: the metrics of train/probes/layers.ts,
   * and `gradientRatio`.
   */
  readonly layers?: boolean;
  /**
   * After how many updates to measure the test set before the last one; and the whole training set, too, where epochs
   * are so many that this takes almost no time.
   */
  readonly test?: (steps: number) => readonly number[];
  /**
   * After how many updates to record the outputs of each hidden layer's activation function: the artifact
   * `activations`, see train/probes/distributions.ts.
   */
  readonly distributions?: (steps: number) => readonly number[];
  /** First steps at which metrics reach a value. */
  readonly milestones?: readonly Milestone[];
  /** Whether to measure `oscillation`: the share of steps in the second half of the run in which the loss rose. */
  readonly oscillation?: boolean;
  /**
   * Whether to measure once what the model and its optimizer cost: `parameters`, `flops` of one row, `optimizerBytes`.
   */
  readonly cost?: boolean;
  /** Whether to record the loss surface around the path of the weights, after the last update. */
  readonly surface?: boolean;
}

/** Records as metric `key` the first step at which `metric` is at least `reaches`; infinite where it never is. */
export interface Milestone {
  readonly key: string;
  readonly metric: string;
  readonly reaches: number;
}
