/**
 * How values are distributed. The range is `[0, 2^k]`, or `[-2^k, 2^k]` where values are negative, with the smallest k
 * that holds them all: the bins of any two histograms nest, so histograms can be brought to one range and added without
 * error.
 */
export interface Histogram {
  readonly range: readonly [number, number];
  /** How many values lie in each of {@link BINS} equal bins; a bin includes its lower end, the last one both ends. */
  readonly counts: readonly number[];
  /** How many values, infinities included, are outside of the range, which never exceeds ±1,024. */
  readonly below: number;
  readonly above: number;
  readonly nan: number;
}

export const BINS = 64;
/** A range reaches at least 2^-10 and at most 2^10 to each side. */
const [LEAST, MOST] = [-10, 10];

export function histogramOf(values: Float32Array): Histogram {
  let [low, high] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  const bound = boundFor(Math.max(-low, high));
  const start = low < 0 ? -bound : 0;
  const perUnit = BINS / (bound - start);
  const counts = new Array<number>(BINS).fill(0);
  let [below, above, nan] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < start) below += 1;
    else if (value > bound) above += 1;
    else {
      const bin = Math.min(BINS - 1, Math.floor((value - start) * perUnit));
      if (Number.isNaN(bin)) nan += 1;
      else counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return { range: [start, bound], counts, below, above, nan };
}

/** The smallest allowed bound, a power of two, that is at or above a size. */
function boundFor(size: number): number {
  let exponent = LEAST;
  while (exponent < MOST && 2 ** exponent < size) exponent += 1;
  return 2 ** exponent;
}

/** How many values a histogram counts, NaN included. */
export const totalOf = ({ counts, below, above, nan }: Histogram): number =>
  counts.reduce((sum, count) => sum + count, below + above + nan);

/** The same histogram over a wider range, `[0, 2^k]` or `[-2^k, 2^k]`, that holds its own. */
function widened({ range: [low, high], counts, ...beyond }: Histogram, range: readonly [number, number]): Histogram {
  const width = (high - low) / BINS;
  const wide = (range[1] - range[0]) / BINS;
  const sums = new Array<number>(BINS).fill(0);
  counts.forEach((count, i) => {
    const bin = Math.floor((low + i * width - range[0]) / wide);
    sums[bin] = (sums[bin] as number) + count;
  });
  return { range, counts: sums, ...beyond };
}

/** The histograms over the smallest range that holds the ranges of all. */
export function aligned(histograms: readonly Histogram[]): Histogram[] {
  const high = Math.max(2 ** LEAST, ...histograms.map(({ range }) => range[1]));
  const low = histograms.some(({ range }) => range[0] < 0) ? -high : 0;
  return histograms.map((histogram) => widened(histogram, [low, high]));
}

/** The histogram of the values of several histograms together; null for none. */
export function pooled(histograms: readonly Histogram[]): Histogram | null {
  const [first, ...others] = aligned(histograms);
  if (!first) return null;
  return others.reduce(
    (sum, { counts, below, above, nan }) => ({
      range: sum.range,
      counts: sum.counts.map((count, i) => count + (counts[i] as number)),
      below: sum.below + below,
      above: sum.above + above,
      nan: sum.nan + nan,
    }),
    first,
  );
}
