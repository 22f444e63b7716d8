/** Points of one series, as columns of equal length. Steps never decrease. */
export interface Points {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/**
 * Indices of at most about `4 * most` points that draw like all of them: the first and last point, and the lowest,
 * highest and any non-finite point of every bucket. A bucket's width is a power of two of steps, anchored at step 0,
 * so that the points already drawn stay when the series grows.
 */
export function downsample({ steps, values }: Points, most: number): number[] {
  const n = steps.length;
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  const span = (steps[n - 1] ?? 0) - (steps[0] ?? 0);
  let width = 1;
  while (span / width > most / 2) width *= 2;
  const kept = new Set<number>([0, n - 1]);
  let bucket = Number.NaN;
  let low = -1;
  let high = -1;
  let broken = -1;
  const close = () => {
    for (const i of [low, high, broken]) if (i >= 0) kept.add(i);
  };
  for (let i = 0; i < n; i++) {
    const at = Math.floor((steps[i] ?? 0) / width);
    if (at !== bucket) {
      close();
      bucket = at;
      low = -1;
      high = -1;
      broken = -1;
    }
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      if (broken < 0) broken = i;
      continue;
    }
    if (low < 0 || value < (values[low] ?? 0)) low = i;
    if (high < 0 || value > (values[high] ?? 0)) high = i;
  }
  close();
  return [...kept].sort((a, b) => a - b);
}
