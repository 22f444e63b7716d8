import type { Text } from '../text/text.ts';

/** Whether higher or lower values of a metric are better. */
export type Goal = 'highest' | 'lowest';

export interface Metric {
  /**
   * The name under which its points are recorded, without the number of a layer: `gradientNorm` of `gradientNorm.2`.
   */
  readonly key: string;
  readonly perLayer: boolean;
  /** What it is called; `{layer}` stands for the layer's number. */
  readonly label: Text;
  /** What it is called on an axis: the quantity and its unit. */
  readonly axis: Text;
  /** Null where neither higher nor lower is better. */
  readonly goal: Goal | null;
  /** The ends between which it always lies; null where it lacks one of them. */
  readonly range: readonly [number, number] | null;
  /** What it is a share of, so that it moves in steps of 1 / their number; null where it takes any value. */
  readonly shareOf: 'training rows' | 'test rows' | 'rows of a batch' | 'units' | 'steps' | null;
  /** Whether an infinite value means that the awaited event never came: worse than any number, and not a divergence. */
  readonly censored: boolean;
  /** Whether it spans many powers of ten and is read on a logarithmic axis. */
  readonly byPowers: boolean;
  /** Whether it is a loss: its values compare only among runs that minimise the same loss. */
  readonly isLoss: boolean;
}
