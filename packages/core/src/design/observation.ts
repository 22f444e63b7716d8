import type { ParamValue } from '../config/canonical.ts';

/** The part of a run that a design reads: its params. */
export interface Observed {
  /** The run's config, flattened: `model.activation` -> `relu`. */
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** A run as a comparison sees it. */
export interface Observation extends Observed {
  /** What was measured; NaN or infinite where the training diverged. */
  readonly value: number;
  /** The number of the recorder's launch that trained it, in order; undefined where not known. */
  readonly launch?: number | undefined;
}

/** The path that tells repetitions apart. */
export const REPETITION = 'seed';
