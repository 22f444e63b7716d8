import { BATCH_NORM_EPS } from '../layers/batch-norm-constants.ts';
import type { NetworkState } from './network-state.ts';

/**
 * The kernel [in, out] and bias [out] of each layer in inference mode, one after the other: a batch norm, linear in
 * this mode, is folded into the layer before it.
 */
export function withoutNorms({ weights, running }: NetworkState): Float32Array[] {
  if (running.length === 0) return [...weights];
  const plain: Float32Array[] = [];
  for (let i = 0; i < running.length / 2; i++) {
    const [kernel, scale, shift] = weights.slice(3 * i, 3 * i + 3) as [Float32Array, Float32Array, Float32Array];
    const [mean, variance] = running.slice(2 * i, 2 * i + 2) as [Float32Array, Float32Array];
    const units = scale.length;
    const factors = Array.from(scale, (s, unit) => s / Math.sqrt((variance[unit] as number) + BATCH_NORM_EPS));
    plain.push(
      kernel.map((w, at) => w * (factors[at % units] as number)),
      shift.map((s, unit) => s - (mean[unit] as number) * (factors[unit] as number)),
    );
  }
  return [...plain, ...weights.slice((3 * running.length) / 2)];
}
