import type { Columns, Store } from '@whorl/store';
import { asStoreError } from '../access/store.ts';

/** Where points of metrics are read. */
export interface PointSource {
  readonly metrics: Pick<Store['metrics'], 'read'>;
}

const none = (): Columns => ({ steps: new Float64Array(0), values: new Float64Array(0), times: new Float64Array(0) });

/**
 * The points of a record for what shows many runs together: a series that is damaged has none, and the others are shown.
 * @param onDamage told what is wrong with it, once
 */
export function readablePoints(store: PointSource, onDamage: (said: string) => void = () => {}): PointSource {
  const told = new Set<string>();
  return {
    metrics: {
      read: (runId, key, from) => {
        try {
          return store.metrics.read(runId, key, from);
        } catch (error) {
          const failure = asStoreError(error);
          if (failure?.code !== 'damaged' && failure?.code !== 'unusable') throw error;
          if (!told.has(failure.message)) onDamage(failure.message);
          told.add(failure.message);
          return none();
        }
      },
    },
  };
}
