import { LRUCache } from 'lru-cache';
import type { PointSource } from './points.ts';

const MOST_BUCKETS = 32;

/**
 * A series in at most 32 buckets with their lowest and highest values, updated point by point. The width of buckets is a
 * power of two, and they start at the first point, so that drawn points do not move while the series grows.
 */
export class SeriesOutline {
  #width = 1;
  #count = 0;
  #last = Number.NaN;
  readonly #lows: number[] = [];
  readonly #highs: number[] = [];

  get count(): number {
    return this.#count;
  }

  /** Adds the series' next values. */
  add(values: Float64Array): void {
    for (const value of values) this.#addOne(value);
  }

  #addOne(value: number): void {
    if (this.#count === this.#width * MOST_BUCKETS) this.#halve();
    const at = Math.floor(this.#count / this.#width);
    this.#count += 1;
    this.#last = value;
    const low = this.#lows[at];
    const high = this.#highs[at];
    // NaN counts only in a bucket without numbers.
    if (low === undefined || high === undefined || Number.isNaN(low)) {
      this.#lows[at] = value;
      this.#highs[at] = value;
    } else if (value < low) this.#lows[at] = value;
    else if (value > high) this.#highs[at] = value;
  }

  #halve(): void {
    for (let i = 0; i < MOST_BUCKETS / 2; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      this.#lows[i] = lesser(this.#lows[a] as number, this.#lows[b] as number);
      this.#highs[i] = -lesser(-(this.#highs[a] as number), -(this.#highs[b] as number));
    }
    this.#lows.length = MOST_BUCKETS / 2;
    this.#highs.length = MOST_BUCKETS / 2;
    this.#width *= 2;
  }

  read(): { lows: number[]; highs: number[]; last: number } {
    return { lows: [...this.#lows], highs: [...this.#highs], last: this.#last };
  }
}

const lesser = (a: number, b: number): number => (Number.isNaN(a) || b < a ? b : a);

/** Outlines are kept, so that only new points of a series have to be decoded. */
const known = new LRUCache<string, SeriesOutline>({ max: 1_000 });

/** The current outline of a run's metric. */
export function seriesOutline(store: PointSource, runId: string, key: string, count: number): SeriesOutline {
  const name = `${runId} ${key}`;
  const outline = known.get(name) ?? new SeriesOutline();
  known.set(name, outline);
  if (outline.count < count) outline.add(store.metrics.read(runId, key, outline.count).values);
  return outline;
}
