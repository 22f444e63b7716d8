import type { ParamValue } from '../config/canonical.ts';

/** What a run was told to do, as far as a design goes. */
export interface Observed {
  /** The run's config, flattened: `model.activation` -> `relu`. */
  readonly params: Readonly<Record<string, ParamValue>>;
}

/** A run as a comparison sees it. */
export interface Observation extends Observed {
  /** What was measured; NaN or infinite where the training diverged. */
  readonly value: number;
  /** In which launch of the recorder it came, in order; undefined where that is not known. */
  readonly launch?: number | undefined;
}

/** The path that tells repetitions apart. */
export const REPETITION = 'seed';
