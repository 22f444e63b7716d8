/** The state of a smoothing: what it needs to go on with the next value. */
export interface SmoothingState {
  readonly sum: number;
  readonly count: number;
}

/**
 * TensorBoard's smoothing: an exponential moving average that gives the past the weight `weight`, corrected for its
 * start at zero. A value that is not finite passes unchanged and does not affect later ones.
 */
export class Smoother {
  readonly #weight: number;
  #sum: number;
  #count: number;

  constructor(weight: number, { sum, count }: SmoothingState = { sum: 0, count: 0 }) {
    this.#weight = weight;
    this.#sum = sum;
    this.#count = count;
  }

  get state(): SmoothingState {
    return { sum: this.#sum, count: this.#count };
  }

  /** The smoothed value at the next point. */
  next(value: number): number {
    if (!Number.isFinite(value)) return value;
    this.#count += 1;
    this.#sum = this.#sum * this.#weight + (1 - this.#weight) * value;
    return this.#sum / (1 - this.#weight ** this.#count);
  }

  /** The smoothed values at the next points. */
  column(values: ArrayLike<number>): Float64Array {
    const smoothed = new Float64Array(values.length);
    for (let i = 0; i < smoothed.length; i++) smoothed[i] = this.next(values[i] as number);
    return smoothed;
  }
}
