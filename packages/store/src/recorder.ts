import type { Columns } from './chunk-codec.ts';
import type { PointBatch } from './metrics.ts';
import type { Store } from './open.ts';

const FLUSH_POINTS = 500;
const FLUSH_MS = 1000;
const BEAT_MS = 15_000;

interface Buffer {
  /** How many points of the series are in the store. */
  stored: number;
  /** The points that are not yet. */
  points: Columns<number[]>;
}

const none = (): Columns<number[]> => ({ steps: [], values: [], times: [] });

/**
 * Records the measurements of a running run: gathers points and stores them every second, at every 500 points of a
 * metric, and at the end. Call `close` in any case; what was flushed survives a crash.
 */
export class Recorder {
  readonly #store: Pick<Store, 'metrics' | 'runs'>;
  readonly #runId: string;
  readonly #buffers = new Map<string, Buffer>();
  readonly #timer: NodeJS.Timeout;
  // Durations come from the monotonic clock: setting the other one must not stop the flushing, or make the time axis
  // run backwards.
  readonly #startedAt = Date.now() - performance.now();
  #lastFlush = performance.now();
  #lastBeat = performance.now();

  constructor(store: Pick<Store, 'metrics' | 'runs'>, runId: string) {
    this.#store = store;
    this.#runId = runId;
    this.#timer = setInterval(() => {
      if (performance.now() - this.#lastFlush < FLUSH_MS) return;
      try {
        this.flush();
      } catch {
        // The points are kept; the next log or close meets the same error, and its caller can handle it.
      }
    }, FLUSH_MS);
    this.#timer.unref();
  }

  /** Adds one point to each of the metrics. */
  log(step: number, metrics: Readonly<Record<string, number>>): void {
    const now = performance.now();
    let full = false;
    for (const key in metrics) {
      let buffer = this.#buffers.get(key);
      if (!buffer) {
        buffer = { stored: 0, points: none() };
        this.#buffers.set(key, buffer);
      }
      const { steps, values, times } = buffer.points;
      steps.push(step);
      values.push(metrics[key] as number);
      times.push(this.#startedAt + now);
      full ||= steps.length >= FLUSH_POINTS;
    }
    if (full || now - this.#lastFlush >= FLUSH_MS) this.flush();
  }

  /** Stores the gathered points. After an error they are kept, and the next flush sends them again. */
  flush(): void {
    this.#lastFlush = performance.now();
    const batches: PointBatch[] = [];
    for (const [key, { stored, points }] of this.#buffers) {
      const { steps, values, times } = points;
      if (steps.length === 0) continue;
      batches.push({
        key,
        offset: stored,
        steps: Float64Array.from(steps),
        values: Float64Array.from(values),
        times: Float64Array.from(times),
      });
    }
    if (batches.length > 0) {
      this.#store.metrics.append(this.#runId, batches);
      for (const { key, steps } of batches) {
        const buffer = this.#buffers.get(key) as Buffer;
        buffer.stored += steps.length;
        buffer.points = none();
      }
    }
    if (this.#lastFlush - this.#lastBeat >= BEAT_MS) {
      this.#lastBeat = this.#lastFlush;
      // A missed beat is not a failure: the next one comes.
      this.#store.runs.beat(this.#runId).catch(() => {});
    }
  }

  /** Stores the rest and stops the timer. */
  close(): void {
    clearInterval(this.#timer);
    this.flush();
  }

  /** Stops the timer after a failure, and stores the rest if the store still accepts it. */
  abandon(): void {
    try {
      this.close();
    } catch {
      // The failure before this one is the one to report.
    }
  }
}
