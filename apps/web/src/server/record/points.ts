import type { Columns, Store } from '@whorl/store';
import { asStoreError } from '../access/store.ts';

/** Where points of metrics can be read. */
export interface PointSource {
  readonly metrics: Pick<Store['metrics'], 'read'>;
}

const none = (): Columns => ({ steps: new Float64Array(0), values: new Float64Array(0), times: new Float64Array(0) });

/**
 * A source of points for views of many runs: a damaged series is empty instead of failing, so that the others are shown.
 * @param onDamage called once for each damaged series
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
