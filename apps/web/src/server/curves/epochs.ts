/** What tells how many steps an epoch of a run has. */
interface Trained {
  /** The number that the runner recorded at the start of the run. */
  readonly noted: unknown;
  readonly status: unknown;
  readonly epochs: unknown;
  /** The last step whose loss was logged. */
  readonly lastStep: number | null;
}

/**
 * How many steps an epoch of a run has. The runner records it. For older runs it follows from the last step of a finished
 * run, whose loss is logged before each step. Null where neither is known: a guess would give a wrong axis.
 */
export function stepsPerEpoch({ noted, status, epochs, lastStep }: Trained): number | null {
  if (typeof noted === 'number' && noted > 0) return noted;
  if (status !== 'finished' || typeof epochs !== 'number' || lastStep === null) return null;
  const perEpoch = (lastStep + 1) / epochs;
  return Number.isInteger(perEpoch) && perEpoch > 0 ? perEpoch : null;
}
