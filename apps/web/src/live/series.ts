import { GrowingCurve } from '@whorl/core';
import { unpackColumn } from '#src/contract/columns.ts';
import type { PackedCurve } from '#src/contract/curves.ts';
import type { PackedSeries } from '#src/contract/schemas.ts';

/** Points of one metric of one run that draw like all of them, in bounded memory. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** The position of the next point: more than there are points here where some were left out. */
  readonly next: number;
}

const BUCKETS = 1000;

/** Where a page keeps the series of a run's metric. */
export const seriesKey = (runId: string, key: string): string => `${runId} ${key}`;

/** A series as it was read. */
export function readSeries({ x, values, next }: Pick<PackedCurve, 'x' | 'values' | 'next'>): Series {
  return grown(new GrowingCurve(BUCKETS), unpackColumn(x), unpackColumn(values), next);
}

const curves = new WeakMap<Series, GrowingCurve>();

function grown(curve: GrowingCurve, steps: ArrayLike<number>, values: ArrayLike<number>, next: number): Series {
  curve.append({ steps, values, smooth: [] });
  const series = { steps: curve.steps, values: curve.values, next };
  curves.set(series, curve);
  return series;
}

/**
 * The series with what arrived: points that it has already, by their position, change nothing. Null where points
 * between are missing, and it must be read again.
 */
export function extendSeries(known: Series | undefined, packed: PackedSeries): Series | null {
  const next = known?.next ?? 0;
  if (packed.offset > next) return null;
  if (known && packed.total <= next) return known;
  const fresh = next - packed.offset;
  const curve = (known && curves.get(known)) ?? new GrowingCurve(BUCKETS);
  return grown(
    curve,
    unpackColumn(packed.steps).subarray(fresh),
    unpackColumn(packed.values).subarray(fresh),
    packed.total,
  );
}
