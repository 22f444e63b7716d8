import type { Text } from '../text/text.ts';

/** Whether more of a metric is better. */
export type Goal = 'highest' | 'lowest';

/** What is known of a metric. */
export interface Metric {
  /** What its points are recorded under, before the number of the layer where it is one's: `gradientNorm` of `gradientNorm.2`. */
  readonly key: string;
  readonly perLayer: boolean;
  /** What it is called; `{layer}` stands for the number of the layer. */
  readonly label: Text;
  /** What it is called on an axis: what is measured, and its unit. */
  readonly axis: Text;
  /** Null where neither more nor less of it is better. */
  readonly goal: Goal | null;
  /** Between what it always lies; null where it has no two ends. */
  readonly range: readonly [number, number] | null;
  /** What it is a share of, so that it goes in steps of 1 / their number; null where it takes any value. */
  readonly shareOf: 'training rows' | 'test rows' | 'rows of a batch' | 'units' | 'steps' | null;
  /** Whether an infinite value means that what it waits for never came: worse than any other, and no divergence. */
  readonly censored: boolean;
  /** Whether it goes over many powers of ten, and is read on a logarithmic axis. */
  readonly byPowers: boolean;
  /** Whether it is a loss: its values mean something only among runs that make the same one small. */
  readonly isLoss: boolean;
}
