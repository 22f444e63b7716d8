// Softmax and its losses at one point, in single precision as a network computes them, by the formulas of textbooks and by the
// stable ones. Logits are divided by the temperature first.

/** What the lab shows of some logits. */
export interface SoftmaxView {
  /** exp(z/T) / sum exp(z/T), each step rounded to float32: NaN where infinity meets infinity. */
  readonly naive: readonly number[];
  /** The same after the largest is subtracted. */
  readonly stable: readonly number[];
  /** ln sum exp(z/T), by the textbook and with the largest in front. */
  readonly naiveLogSum: number;
  readonly stableLogSum: number;
  /** -ln p of the label, from the stable log-sum. */
  readonly crossEntropy: number;
  /** d cross-entropy / d(z/T): p - one-hot. */
  readonly crossEntropySlope: readonly number[];
  /** sum (p - one-hot)^2. */
  readonly squaredError: number;
  /** d squared error / d(z/T) through the derivatives of softmax. */
  readonly squaredErrorSlope: readonly number[];
}

const f32 = Math.fround;

/**
 * @param logits of the classes
 * @param label the class of the point
 * @param temperature above 0
 */
export function softmaxView(logits: readonly number[], label: number, temperature: number): SoftmaxView {
  const scaled = logits.map((logit) => f32(logit / temperature));
  const largest = Math.max(...scaled);
  const raised = scaled.map((logit) => f32(Math.exp(logit)));
  const lowered = scaled.map((logit) => f32(Math.exp(f32(logit - largest))));
  const sum = (values: readonly number[]) => values.reduce((total, value) => f32(total + value), 0);
  const [naiveSum, stableSum] = [sum(raised), sum(lowered)];
  const stable = lowered.map((value) => f32(value / stableSum));
  const stableLogSum = f32(largest + f32(Math.log(stableSum)));
  const missing = stable.map((p, i) => p - (i === label ? 1 : 0));
  const along = missing.reduce((total, off, i) => total + off * (stable[i] ?? 0), 0);
  return {
    naive: raised.map((value) => f32(value / naiveSum)),
    stable,
    naiveLogSum: f32(Math.log(naiveSum)),
    stableLogSum,
    crossEntropy: f32(stableLogSum - (scaled[label] ?? Number.NaN)),
    crossEntropySlope: missing,
    squaredError: missing.reduce((total, off) => total + off * off, 0),
    squaredErrorSlope: stable.map((p, i) => 2 * p * ((missing[i] ?? 0) - along)),
  };
}
