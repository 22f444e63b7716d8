import { FIRST_FREE } from './module.ts';

/** The bytes of a float and of an integer. */
export const WORD = 4;
/** The rows of a panel. */
export const ROWS = 8;
const CACHE_LINE = 64;

/** Some words of memory. */
export interface Part {
  readonly at: number;
  readonly length: number;
}

/** Where everything in the memory of a training is, planned before the memory is allocated. */
export class MemoryPlan {
  #end = FIRST_FREE;

  /** @returns the place of `length` words, which start as zeros */
  words(length: number): Part {
    const at = Math.ceil(this.#end / CACHE_LINE) * CACHE_LINE;
    this.#end = at + length * WORD;
    return { at, length };
  }

  /** The bytes of all that is planned. Kernels may read one vector beyond the end of a part. */
  get bytes(): number {
    return this.#end + CACHE_LINE;
  }
}

export const floatsOf = (memory: ArrayBuffer, { at, length }: Part): Float32Array =>
  new Float32Array(memory, at, length);
export const integersOf = (memory: ArrayBuffer, { at, length }: Part): Int32Array => new Int32Array(memory, at, length);
