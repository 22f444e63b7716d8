import type { HistogramBody } from '../reading/events.ts';

export const HISTOGRAM_TYPE = 'application/json';

/** A histogram from buckets in order; a gap between two of them becomes an empty bucket. */
export function histogramOfBuckets(
  lefts: readonly number[],
  rights: readonly number[],
  counts: readonly number[],
): HistogramBody {
  const edges: number[] = [];
  const filled: number[] = [];
  lefts.forEach((left, i) => {
    if (i === 0) edges.push(left);
    else if (left !== edges.at(-1)) {
      edges.push(left);
      filled.push(0);
    }
    edges.push(rights[i] as number);
    filled.push(counts[i] as number);
  });
  return { edges, counts: filled };
}

export const encodeHistogram = (histogram: HistogramBody): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(histogram));
