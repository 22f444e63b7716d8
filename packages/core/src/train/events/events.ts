/** What a step measures of its batch, in training mode, before its update. */
export type Measured = { readonly loss: number; readonly accuracy: number } & Readonly<Record<string, number>>;

/** What one step measured of its batch, in training mode and before its update: step 0 is the untrained network. */
export interface StepMetrics {
  readonly step: number;
  readonly epoch: number;
  readonly metrics: Measured;
}

/** A file that a probe made (artifacts/artifacts.ts): bytes, or a document to be written as JSON. */
export interface TrainedArtifact {
  readonly name: string;
  /** After how many updates; null where it is of the whole run. */
  readonly step: number | null;
  readonly mediaType: string;
  readonly data: Uint8Array | object;
  readonly meta?: Readonly<Record<string, unknown>>;
  /** What a log says of it. */
  readonly remark?: string;
}

export type TrainEvent =
  /** Steps one after another, as many as one call of the engine ran: an event a step costs a sixth of a small network's. */
  | { readonly kind: 'steps'; readonly steps: readonly StepMetrics[] }
  /**
   * Numbers that are not measured in every step. `trainLoss` and `trainAccuracy` of the whole training set, `testLoss`,
   * `testAccuracy` and `ece` of the test set are measured in inference mode: those of step s after s updates, with the
   * weights of a run that ended there.
   */
  | { readonly kind: 'metrics'; readonly step: number; readonly metrics: Readonly<Record<string, number>> }
  | { readonly kind: 'artifact'; readonly artifact: TrainedArtifact };

/** Hears every event of a training to its end. What `hear` throws ends the training. @returns what the training returns */
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
    await training.return(undefined as Result); // frees what it holds
    throw error;
  }
}
