/** The rows whose confidence falls into one bin. */
export interface ReliabilityBin {
  readonly count: number;
  /** Their mean confidence and the share of them that is answered right; null where there are none. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Bins of equal width, from confidence 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the mean over all rows of their bin's |accuracy - confidence|. NaN where an answer is. */
  readonly ece: number;
}

const BINS = 15;

/**
 * How far confidence and accuracy agree (Guo et al. 2017, "On calibration of modern neural networks"): confidence is the
 * largest probability of a row, and a bin holds the confidences above its lower end up to its upper end.
 * @param probabilities [rows, classes], each between 0 and 1
 * @param labels [rows]
 */
export function calibration(probabilities: Float32Array, labels: Int32Array): Calibration {
  const classes = probabilities.length / labels.length;
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  let undefinedRows = 0;
  for (const [row, label] of labels.entries()) {
    const answers = probabilities.subarray(row * classes, (row + 1) * classes);
    const confidence = Math.max(...answers);
    const bin = sums[Math.max(0, Math.ceil(confidence * BINS) - 1)];
    if (!bin) {
      undefinedRows += 1;
      continue;
    }
    bin.count += 1;
    bin.confidence += confidence;
    if (answers.indexOf(confidence) === label) bin.right += 1;
  }
  const apart = sums.reduce((sum, { confidence, right }) => sum + Math.abs(right - confidence), 0);
  return {
    bins: sums.map(({ count, confidence, right }) =>
      count > 0
        ? { count, confidence: confidence / count, accuracy: right / count }
        : { count, confidence: null, accuracy: null },
    ),
    ece: undefinedRows > 0 ? Number.NaN : apart / labels.length,
  };
}
