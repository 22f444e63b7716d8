import { standing } from './clean.ts';
import type { Curve } from './curve.ts';
import { bucketWidth, keepPerBucket, mostKept } from './downsample.ts';

/**
 * A curve that grows on a page for as long as its run trains, in bounded memory. What is drawn stays where it is: when
 * there are too many points, those go that are neither the first nor the last nor, in their bucket, the lowest, the
 * highest or the first that is not finite; the buckets widen by two as the curve becomes twice as long.
 */
export class GrowingCurve implements Curve<number[]> {
  readonly steps: number[] = [];
  readonly values: number[] = [];
  /** The smoothed value at each point, or empty where nothing is smoothed. */
  readonly smooth: number[] = [];
  readonly #buckets: number;
  readonly #replaces: boolean;
  readonly #most: number;

  /**
   * @param buckets how finely the whole curve is drawn
   * @param replaces whether a step that comes again replaces what it was: true of steps, not of times, of which several
   *   points may have the same
   */
  constructor(buckets: number, replaces = true) {
    this.#buckets = buckets;
    this.#replaces = replaces;
    this.#most = 2 * mostKept(buckets);
  }

  /** Adds points in the order in which they were recorded. */
  append({ steps, values, smooth }: Curve<ArrayLike<number>> & { readonly smooth: ArrayLike<number> }): void {
    const goesBack =
      this.#replaces && steps.length > 0 && (steps[0] as number) <= (this.steps.at(-1) ?? Number.NEGATIVE_INFINITY);
    // In pieces, so that memory stays bounded however much comes at once.
    for (let i = 0; i < steps.length; i++) {
      this.steps.push(steps[i] as number);
      this.values.push(values[i] as number);
      if (smooth.length > 0) this.smooth.push(smooth[i] as number);
      if (this.steps.length > this.#most && !goesBack) this.#thin();
    }
    const kept = this.#replaces ? standing(this.steps) : null;
    if (kept) this.#keep(kept);
    if (this.steps.length > this.#most) this.#thin();
  }

  #thin(): void {
    const span = (this.steps.at(-1) as number) - (this.steps[0] as number);
    this.#keep(keepPerBucket(this, bucketWidth(span, this.#buckets)));
  }

  #keep(indices: ArrayLike<number>): void {
    for (const column of [this.steps, this.values, this.smooth]) {
      if (column.length === 0) continue;
      const kept = Array.from(indices, (i) => column[i] as number);
      column.splice(0, column.length, ...kept);
    }
  }
}
