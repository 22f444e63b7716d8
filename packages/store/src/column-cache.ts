import { LRUCache } from 'lru-cache';
import type { Columns } from './chunk-codec.ts';

interface Held {
  readonly count: number;
  readonly columns: Columns;
}

const bytesOf = ({ columns }: Held): number => Math.max(1, 24 * columns.steps.length);

/**
 * Recently read series, in bounded memory: a chart asks for the same ones for its runs, for its means and at every
 * zoom. A series only grows, so its number of points tells whether the kept points are all.
 */
export class ColumnCache {
  readonly #cache: LRUCache<string, Held>;

  /** @param maxSize in bytes */
  constructor(maxSize: number) {
    this.#cache = new LRUCache({ maxSize, sizeCalculation: bytesOf });
  }

  /** The first `count` points of a series; null where they are not kept. */
  get(series: string, count: number): Columns | null {
    const held = this.#cache.get(series);
    return held?.count === count ? held.columns : null;
  }

  set(series: string, count: number, columns: Columns): void {
    this.#cache.set(series, { count, columns });
  }
}
