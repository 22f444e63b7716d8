import { unpackColumn } from '#src/api/columns.ts';
import type { PackedSeries } from '#src/server/schemas.ts';

/** The points of one metric of one run, as far as the page has them. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** The position of the next point: more than there are points here where the server sent a selection. */
  readonly next: number;
}

/** Where a page keeps the series of a run's metric. */
export const seriesKey = (runId: string, key: string): string => `${runId} ${key}`;

/** The series with what arrived: points that it has already, by their position, change nothing. */
export function extendSeries(known: Series | undefined, packed: PackedSeries): Series {
  const steps = [...unpackColumn(packed.steps)];
  const values = [...unpackColumn(packed.values)];
  if (packed.offset === 0) return known && known.next >= packed.total ? known : { steps, values, next: packed.total };
  if (!known || packed.offset > known.next || packed.total <= known.next)
    return known ?? { steps: [], values: [], next: 0 };
  const fresh = known.next - packed.offset;
  return {
    steps: [...known.steps, ...steps.slice(fresh)],
    values: [...known.values, ...values.slice(fresh)],
    next: packed.total,
  };
}
