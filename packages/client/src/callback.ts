import type { ClientRun } from './run.ts';

type Logs = Readonly<Record<string, unknown>> | undefined;

/** What TF.js calls while `model.fit` trains. */
export interface FitCallback {
  onBatchEnd(batch: number, logs?: Logs): void;
  onEpochEnd(epoch: number, logs?: Logs): void;
  onTrainEnd(): void;
}

/**
 * Logs what `model.fit` of TF.js measures: `model.fit(x, y, { callbacks: whorlCallback(run) })`. Each epoch is a point at its
 * number, from 1 on; with `batches`, each batch one of `batch/loss` and so on, at the number of updates. The run is not ended.
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

/** A batch's logs have its number and size beside what was measured. */
const NOT_MEASURED = new Set(['batch', 'size']);

const numbersOf = (logs: Logs, prefix = ''): Record<string, number> =>
  Object.fromEntries(
    Object.entries(logs ?? {}).flatMap(([key, value]) =>
      typeof value === 'number' && !NOT_MEASURED.has(key) ? [[prefix + key, value]] : [],
    ),
  );
