import { log } from './exact-math.ts';

/** 32-bit finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
function mix(h: number): number {
  let x = h >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * A random generator with named, independent streams: xoshiro128** (Blackman and Vigna 2018) on 32-bit integers,
 * so that every JavaScript engine draws the same numbers.
 *
 * A stream is named by the path of labels from the seed (`Rng.of(1).split('data').split('noise')`). Splitting
 * reads nothing from the parent: a new consumer never shifts the numbers of another.
 */
export class Rng {
  #key: number[];
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare: number | undefined;

  private constructor(key: number[], state: readonly [number, number, number, number]) {
    this.#key = key;
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** The generator of `seed`, an integer in [0, 2^53). @throws RangeError for any other number */
  static of(seed: number): Rng {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`seed must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`);
    }
    return Rng.#keyed([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0]);
  }

  /** The generator with exactly this state: for checking against the reference implementation. */
  static fromState(state: readonly [number, number, number, number]): Rng {
    return new Rng([...state], state);
  }

  static #keyed(key: number[]): Rng {
    const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef].map((salt) => {
      let h = salt;
      for (const word of key) h = mix(h ^ mix(word + salt)) + 0x9e3779b9;
      return mix(h) >>> 0;
    });
    return new Rng(key, state as [number, number, number, number]);
  }

  /** The independent generator named `label` below this one. */
  split(label: string): Rng {
    const words = [...label].map((character) => character.codePointAt(0) ?? 0);
    return Rng.#keyed([...this.#key, 0xffffffff, ...words]);
  }

  /** A uniform 32-bit unsigned integer. */
  uint32(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A uniform number in [low, high), with 53 random bits. */
  uniform(low = 0, high = 1): number {
    const bits = (this.uint32() >>> 5) * 2 ** 26 + (this.uint32() >>> 6);
    return low + (high - low) * (bits / 2 ** 53);
  }

  /** A standard normal number, by Marsaglia's polar method (1964). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const u = this.uniform(-1, 1);
      const v = this.uniform(-1, 1);
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const factor = Math.sqrt((-2 * log(s)) / s);
      this.#spare = v * factor;
      return u * factor;
    }
  }
}
