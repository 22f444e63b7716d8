import type { Columns } from './chunk-codec.ts';

interface Held {
  readonly count: number;
  readonly columns: Columns;
}

const bytesOf = ({ steps }: Columns): number => 24 * steps.length;

/**
 * Series that were read not long ago, in bounded memory: a chart asks for the same ones for its runs, for its means and
 * at every zoom. A series only grows, so the number of its points says whether what is held is all of it.
 */
export class ColumnCache {
  readonly #most: number;
  // In order of use, the longest unused first.
  readonly #held = new Map<string, Held>();
  #bytes = 0;

  /** @param most bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** The first `count` points of a series; null where they are not held. */
  get(series: string, count: number): Columns | null {
    const held = this.#held.get(series);
    if (held?.count !== count) return null;
    this.#held.delete(series);
    this.#held.set(series, held);
    return held.columns;
  }

  set(series: string, count: number, columns: Columns): void {
    this.#drop(series);
    this.#held.set(series, { count, columns });
    this.#bytes += bytesOf(columns);
    for (const oldest of this.#held.keys()) {
      if (this.#bytes <= this.#most) break;
      this.#drop(oldest);
    }
  }

  #drop(series: string): void {
    const held = this.#held.get(series);
    if (!held) return;
    this.#held.delete(series);
    this.#bytes -= bytesOf(held.columns);
  }
}
