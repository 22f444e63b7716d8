/** What tells how many steps an epoch of a run has. */
interface Trained {
  /** What the runner noted when the run started. */
  readonly noted: unknown;
  readonly status: unknown;
  readonly epochs: unknown;
  /** The last step whose loss was logged. */
  readonly lastStep: number | null;
}

/**
 * How many steps an epoch of a run has: the runner notes it. Before it did, a finished run tells: its loss is logged
 * before each of its steps, and it took all of its epochs. Null where neither is so: a guess would be a wrong axis.
 */
export function stepsPerEpoch({ noted, status, epochs, lastStep }: Trained): number | null {
  if (typeof noted === 'number' && noted > 0) return noted;
  if (status !== 'finished' || typeof epochs !== 'number' || lastStep === null) return null;
  const perEpoch = (lastStep + 1) / epochs;
  return Number.isInteger(perEpoch) && perEpoch > 0 ? perEpoch : null;
}
