/** The measures of a step's batch, in training mode, before the update. */
export type Measured = { readonly loss: number; readonly accuracy: number } & Readonly<Record<string, number>>;

/** The measures of one step, taken before its update: step 0 measures the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Measured;
}

/** A file made by a probe (artifacts/artifacts.ts): bytes, or a document to be written as JSON. */
export interface TrainedArtifact {
  readonly name: string;
  /** The number of updates before it was made; null where it describes the whole run. */
  readonly step: number | null;
  readonly mediaType: string;
  readonly data: Uint8Array | object;
  readonly meta?: Readonly<Record<string, unknown>>;
  /** What a log says about it. */
  readonly remark?: string;
}

export type TrainEvent =
  /**
   * Consecutive steps, as many as one call of the engine ran: one event for each step would take a sixth of a small
   * network's time.
   */
  | { readonly kind: 'steps'; readonly steps: readonly StepMetrics[] }
  /**
   * Numbers that are not measured at every step. `trainLoss` and `trainAccuracy` of the whole training set, and
   * `testLoss`, `testAccuracy` and `ece` of the test set, are measured in inference mode: at step s after s updates,
   * with the weights that a run would have that ended there.
   */
  | { readonly kind: 'metrics'; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  | { readonly kind: 'artifact'; readonly artifact: TrainedArtifact };

/**
 * Passes every event of a training to `hear`, to the end; an error that `hear` throws ends the training. @returns the
 * training's result
 */
export async function follow<Result>(
  training: AsyncGenerator<TrainEvent, Result, void>,
  hear: (event: TrainEvent) => void = () => {},
): Promise<Result> {
  try {
    for (;;) {
      const next = await training.next();
      if (next.done) return next.value;
      hear(next.value);
    }
  } catch (error) {
    await training.return(undefined as Result); // lets the training free its memory
    throw error;
  }
}
