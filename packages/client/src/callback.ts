import type { ClientRun } from './run.ts';

type Logs = Readonly<Record<string, unknown>> | undefined;

/** The methods that TF.js calls while `model.fit` trains. */
export interface FitCallback {
  onBatchEnd(batch: number, logs?: Logs): void;
  onEpochEnd(epoch: number, logs?: Logs): void;
  onTrainEnd(): void;
}

/**
 * Logs what TF.js's `model.fit` measures: `model.fit(x, y, { callbacks: whorlCallback(run) })`. Each epoch is a point
 * at its number, counted from 1; with `batches`, each batch is a point of `batch/loss` and so on at the number of
 * updates. It does not end the run.
 */
export function whorlCallback(run: ClientRun, { batches = false }: { readonly batches?: boolean } = {}): FitCallback {
  let updates = 0;
  return {
    onBatchEnd(_, logs) {
      updates += 1;
      if (batches) run.log(numbersOf(logs, 'batch/'), { step: updates });
    },
    onEpochEnd(epoch, logs) {
      run.log(numbersOf(logs), { step: epoch + 1 });
    },
    onTrainEnd() {
      run.flush();
    },
  };
}

/** The logs of a batch contain its number and size beside what was measured. */
const NOT_MEASURED = new Set(['batch', 'size']);

const numbersOf = (logs: Logs, prefix = ''): Record<string, number> =>
  Object.fromEntries(
    Object.entries(logs ?? {}).flatMap(([key, value]) =>
      typeof value === 'number' && !NOT_MEASURED.has(key) ? [[prefix + key, value]] : [],
    ),
  );
