/** What tells how many steps an epoch of a run has. */
interface Trained {
  readonly status: string;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly metrics: readonly { readonly key: string; readonly lastStep: number }[];
}

/**
 * How many steps an epoch of this run has: the runner notes it. Before it did, a finished run tells: its loss is logged
 * before each of its steps, and it took all of its epochs. Null where neither is so: a guess would be a wrong axis.
 */
export function stepsPerEpoch({ status, environment, params, metrics }: Trained): number | null {
  const noted = environment.stepsPerEpoch;
  if (typeof noted === 'number' && noted > 0) return noted;
  const { epochs } = params;
  const loss = metrics.find(({ key }) => key === 'loss');
  if (status !== 'finished' || typeof epochs !== 'number' || !loss) return null;
  const perEpoch = (loss.lastStep + 1) / epochs;
  return Number.isInteger(perEpoch) && perEpoch > 0 ? perEpoch : null;
}
