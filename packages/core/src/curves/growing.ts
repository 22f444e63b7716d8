import { standing } from './clean.ts';
import type { Curve } from './curve.ts';
import { bucketWidth, keepPerBucket, mostKept } from './downsample.ts';

/**
 * The curve of a run that trains in a page, in bounded memory however long it trains. Drawn points stay in place: when
 * there are too many, a bucket keeps its lowest, its highest and its first that is not finite (the first and last point
 * of the curve stay, too), and buckets double in width as the curve doubles in length.
 */
export class GrowingCurve implements Curve<number[]> {
  readonly steps: number[] = [];
  readonly values: number[] = [];
  /** The smoothed value at each point; empty where nothing is smoothed. */
  readonly smooth: number[] = [];
  readonly #buckets: number;
  readonly #replaces: boolean;
  readonly #most: number;

  /**
   * @param buckets how finely the whole curve is drawn
   * @param replaces whether a point at a known step replaces the earlier one: so for steps, but not for times, which
   * several points may share
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
    // In pieces, so that memory stays bounded however many points come at once.
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
