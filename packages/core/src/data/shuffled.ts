import type { Rng } from '../random/rng.ts';

/** 0 to count - 1 in an order drawn from `rng`: Fisher and Yates, as in Knuth, TAOCP 2, algorithm P. */
export function shuffled(count: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(rng.uniform(0, i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
