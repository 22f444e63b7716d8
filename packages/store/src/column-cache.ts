import { LRUCache } from 'lru-cache';
import type { Columns } from './chunk-codec.ts';

interface Held {
  readonly count: number;
  readonly columns: Columns;
}

const bytesOf = ({ columns }: Held): number => Math.max(1, 24 * columns.steps.length);

/**
 * Series that were read not long ago, in bounded memory: a chart asks for the same ones for its runs, for its means and
 * at every zoom. A series only grows, so the number of its points says whether what is held is all of it.
 */
export class ColumnCache {
  readonly #cache: LRUCache<string, Held>;

  /** @param maxSize bytes */
  constructor(maxSize: number) {
    this.#cache = new LRUCache({ maxSize, sizeCalculation: bytesOf });
  }

  /** The first `count` points of a series; null where they are not held. */
  get(series: string, count: number): Columns | null {
    const held = this.#cache.get(series);
    return held?.count === count ? held.columns : null;
  }

  set(series: string, count: number, columns: Columns): void {
    this.#cache.set(series, { count, columns });
  }
}
