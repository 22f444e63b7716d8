/** A bar of a histogram, in fractions of the drawing's width and height. */
export interface HistogramBar {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The bars of a histogram. Their heights are densities, so that wide buckets do not look fuller than narrow ones. Infinite outer
 * edges, as TensorBoard writes them, get no bar.
 */
export function histogramBars(edges: readonly number[], counts: readonly number[]): HistogramBar[] {
  const buckets = counts.flatMap((count, i) => {
    const [left, right] = [edges[i] as number, edges[i + 1] as number];
    const isDrawn = Math.abs(left) < LARGEST && Math.abs(right) < LARGEST && right > left && count > 0;
    return isDrawn ? [{ left, right, density: count / (right - left) }] : [];
  });
  const [low, high] = [buckets[0]?.left ?? 0, buckets.at(-1)?.right ?? 0];
  const most = buckets.reduce((top, { density }) => Math.max(top, density), 0);
  if (!(high > low) || !(most > 0) || !Number.isFinite(most)) return [];
  return buckets.map(({ left, right, density }) => ({
    x: (left - low) / (high - low),
    width: (right - left) / (high - low),
    height: density / most,
  }));
}

/** TensorBoard closes its buckets by the largest number that there is. */
const LARGEST = 1e300;

/** The ends of what is drawn: of the first and the last bucket with a value in it. Null where there is none. */
export function histogramEnds(edges: readonly number[], counts: readonly number[]): readonly [number, number] | null {
  const filled = counts.flatMap((count, i) =>
    count > 0 && Math.abs(edges[i] as number) < LARGEST && Math.abs(edges[i + 1] as number) < LARGEST ? [i] : [],
  );
  const [first, last] = [filled[0], filled.at(-1)];
  return first === undefined || last === undefined ? null : [edges[first] as number, edges[last + 1] as number];
}
