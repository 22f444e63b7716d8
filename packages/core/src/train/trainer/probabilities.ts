import type { LossConfig } from '../../config/schema.ts';

/**
 * Turns logits into probabilities as train/losses does, [rows, classes] in place. Softmax and sigmoid are computed in
 * the stable form: the other form gives the same quotients wherever it gives numbers.
 */
export function toProbabilities(
  logits: Float32Array<ArrayBuffer>,
  classes: number,
  { name }: LossConfig,
): Float32Array<ArrayBuffer> {
  if (name === 'squared-error') return logits.map((z) => Math.min(1, Math.max(0, z)));
  if (name === 'sigmoid-cross-entropy') return logits.map((z) => 1 / (1 + Math.exp(-z)));
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) most = Math.max(most, logits[row + c] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const power = Math.exp((logits[row + c] as number) - most);
      probabilities[row + c] = power;
      sum += power;
    }
    for (let c = 0; c < classes; c++) probabilities[row + c] = (probabilities[row + c] as number) / sum;
  }
  return probabilities;
}
