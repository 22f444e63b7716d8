import { isLatest, type LatestPoint } from '@whorl/core';
import type { Columns } from './chunk-codec.ts';

/** The summary of one metric of one run. `last`, `min` and `max` are NaN where all values were. */
export interface SeriesSummary {
  readonly key: string;
  readonly count: number;
  /** The step of the latest point (core's `isLatest`). */
  readonly lastStep: number;
  readonly last: number;
  /** When that was measured, in ms since 1970; null where it was not recorded. */
  readonly lastTime: number | null;
  readonly min: number;
  readonly minStep: number | null;
  readonly max: number;
  readonly maxStep: number | null;
}

/** A row of a series: NULL stands for NaN, which SQLite cannot store. */
export interface SeriesRow {
  readonly id: number;
  readonly runId: string;
  readonly key: string;
  readonly count: number;
  readonly lastStep: number;
  readonly last: number | null;
  readonly lastTime: number | null;
  readonly min: number | null;
  readonly minStep: number | null;
  readonly max: number | null;
  readonly maxStep: number | null;
}

/** The columns of the row that sum up the points. */
export type SummaryColumns = Omit<SeriesRow, 'id' | 'runId' | 'key' | 'count'>;

const stored = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The summary of a series after one or more further points; of a new series, without a row. */
export function extendSummary(row: SummaryColumns | undefined, { steps, values, times }: Columns): SummaryColumns {
  let min = row?.min ?? Number.POSITIVE_INFINITY;
  let minStep = row?.minStep ?? null;
  let max = row?.max ?? Number.NEGATIVE_INFINITY;
  let maxStep = row?.maxStep ?? null;
  let latest: LatestPoint | null = row
    ? { step: row.lastStep, time: row.lastTime, value: row.last ?? Number.NaN }
    : null;
  for (const [i, value] of values.entries()) {
    const step = steps[i] as number;
    const point = { step, time: stored(times[i] as number), value };
    if (latest === null || isLatest(point, latest)) latest = point;
    if (Number.isNaN(value)) continue;
    if (minStep === null || value < min) [min, minStep] = [value, step];
    if (maxStep === null || value > max) [max, maxStep] = [value, step];
  }
  return {
    lastStep: latest?.step ?? 0,
    last: latest && stored(latest.value),
    lastTime: latest?.time ?? null,
    min: minStep === null ? null : min,
    minStep,
    max: maxStep === null ? null : max,
    maxStep,
  };
}

/** Whether the row of a series agrees with its points. */
export function isSummaryOf(row: SeriesRow, columns: Columns): boolean {
  const count = columns.steps.length;
  if (count === 0) return row.count === 0;
  const found = extendSummary(undefined, columns);
  const points = row.lastTime === null && found.lastTime !== null ? asOlder(found, columns) : found;
  return (
    row.count === count && (Object.keys(points) as (keyof SummaryColumns)[]).every((key) => row[key] === points[key])
  );
}

/** Before times were recorded, the latest point was the one that came last. */
function asOlder(summary: SummaryColumns, { steps, values }: Columns): SummaryColumns {
  const end = steps.length - 1;
  return { ...summary, lastStep: steps[end] as number, last: stored(values[end] as number), lastTime: null };
}

/** The summary of a row; a value that is not a number counts as NaN, or as null. */
export function toSummary({
  key,
  count,
  lastStep,
  last,
  lastTime,
  min,
  minStep,
  max,
  maxStep,
}: SeriesRow): SeriesSummary {
  return {
    key,
    count: Number.isSafeInteger(count) && count >= 0 ? count : 0,
    lastStep: real(lastStep) ?? 0,
    last: real(last) ?? Number.NaN,
    lastTime: real(lastTime),
    min: real(min) ?? Number.NaN,
    minStep: real(minStep),
    max: real(max) ?? Number.NaN,
    maxStep: real(maxStep),
  };
}

/** SQLite stores anything, a text in a column of numbers included. */
const real = (value: unknown): number | null => (typeof value === 'number' ? value : null);
