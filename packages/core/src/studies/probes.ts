/**
 * What a run looks at, beside the loss and the accuracy of every step's batch and, after the last update, those of the whole
 * training set (`trainLoss`, `trainAccuracy`) and test set (`testLoss`, `testAccuracy`, `ece`).
 */
export interface Probes {
  /** After how many updates to look at the decision boundary, for a run of `steps`; where the data lies in the plane. */
  readonly boundary?: (steps: number) => readonly number[];
  /** Gradients and activations of each layer in every step: the metrics of train/probes/layers.ts, and `gradientRatio`. */
  readonly layers?: boolean;
  /**
   * After how many updates to look at the test set before the last one; at the whole training set, too, where the epochs are
   * many enough that it takes next to nothing.
   */
  readonly test?: (steps: number) => readonly number[];
  /**
   * After how many updates to look at what each hidden layer's activation function gives: the artifact `activations`, see
   * train/probes/distributions.ts.
   */
  readonly distributions?: (steps: number) => readonly number[];
  /** How soon a metric gets somewhere. */
  readonly milestones?: readonly Milestone[];
  /** Measure `oscillation`: the share of the steps of the second half in which the loss rose. */
  readonly oscillation?: boolean;
  /** Measure once what the model and its optimizer take: `parameters`, `flops` of one row, `optimizerBytes`. */
  readonly cost?: boolean;
  /** Look at the loss surface around the path of the weights, after the last update. */
  readonly surface?: boolean;
}

/** The metric `key` is the first step at which `metric` is at least `reaches`; infinite where it never is. */
export interface Milestone {
  readonly key: string;
  readonly metric: string;
  readonly reaches: number;
}
