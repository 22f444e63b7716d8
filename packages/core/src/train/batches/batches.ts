import { shuffled } from '../../data/shuffled.ts';
import type { Rng } from '../../random/rng.ts';

/** Which rows of the data each step takes. */
export class Batches {
  readonly #count: number;
  readonly #size: number;
  readonly #rng: Rng;
  #epoch = -1;
  #order: Int32Array = new Int32Array();

  /** @param rng the stream that shuffles; each epoch has a substream, so that any epoch can be drawn alone */
  constructor(count: number, batchSize: number | 'full', rng: Rng) {
    this.#count = count;
    this.#size = batchSize === 'full' ? count : Math.min(batchSize, count);
    this.#rng = rng;
  }

  /** Whether every step takes all rows, in order. */
  get full(): boolean {
    return this.#size === this.#count;
  }

  get perEpoch(): number {
    return Math.ceil(this.#count / this.#size);
  }

  /** How many rows step `step` takes; the last step of an epoch may take fewer. */
  size(step: number): number {
    const first = (step % this.perEpoch) * this.#size;
    return Math.min(this.#size, this.#count - first);
  }

  /** The rows that step `step` takes; null for all. */
  rows(step: number): Int32Array | null {
    if (this.full) return null;
    const epoch = Math.floor(step / this.perEpoch);
    if (epoch !== this.#epoch) {
      this.#order = shuffled(this.#count, this.#rng.split(`epoch ${epoch}`));
      this.#epoch = epoch;
    }
    const first = (step % this.perEpoch) * this.#size;
    return this.#order.slice(first, first + this.#size);
  }
}
