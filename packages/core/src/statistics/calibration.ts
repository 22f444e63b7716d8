/** The rows whose confidence falls into one bin. */
export interface ReliabilityBin {
  readonly count: number;
  /** The mean confidence of these rows, and the share of them classified correctly; null in an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Bins of equal width, from confidence 0 to 1. */
  readonly bins: readonly ReliabilityBin[];
  /**
   * Expected calibration error: the mean over all rows of their bin's |accuracy - confidence|. NaN where a confidence
   * is.
   */
  readonly ece: number;
}

const BINS = 15;
/** The upper ends of the bins, in single precision as confidences are: 0.2 belongs to the bin that ends there. */
const ENDS = Float32Array.from({ length: BINS }, (_, bin) => (bin + 1) / BINS);

/**
 * How well confidence and accuracy agree (Guo et al. 2017, "On calibration of modern neural networks"). A row's
 * confidence is its largest probability; a bin holds the confidences above its lower end and up to its upper end.
 * @param confidences [rows], each between 0 and 1
 * @param right [rows], 1 where the row is classified correctly: by its largest logit, as probabilities may be clipped
 */
export function calibration(confidences: Float32Array, right: Uint8Array): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  let undefinedRows = 0;
  for (const [row, confidence] of confidences.entries()) {
    const bin = sums[ENDS.findIndex((end) => confidence <= end)];
    if (!bin) {
      undefinedRows += 1;
      continue;
    }
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += right[row] as number;
  }
  const apart = sums.reduce((sum, { confidence, right: answered }) => sum + Math.abs(answered - confidence), 0);
  return {
    bins: sums.map(({ count, confidence, right: answered }) =>
      count > 0
        ? { count, confidence: confidence / count, accuracy: answered / count }
        : { count, confidence: null, accuracy: null },
    ),
    ece: undefinedRows > 0 ? Number.NaN : apart / confidences.length,
  };
}
