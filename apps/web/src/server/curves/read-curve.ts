import { type Curve, pick, type Range } from '@whorl/core';
import { type Axis, isTimed, metricOfAxis } from '#src/contract/axes.ts';
import type { PointSource } from '../record/points.ts';
import type { CurveRun } from './curve-runs.ts';
import { type PastAttempts, sortedPoints } from './past-attempts.ts';

const MS = 1000;

/** A run's metric over an axis: `steps / per` is in the axis's unit. */
export interface AxisCurve extends Curve {
  readonly per: number;
  /** The moment of x = 0 in ms since 1970, where x is time. */
  readonly origin: number;
  /** How many points were recorded. */
  readonly recorded: number;
  /** What was recorded before the run went back to an earlier step; null where it never did. */
  readonly past: PastAttempts | null;
}

/** What to read of curves. */
export interface CurveQuestion {
  readonly key: string;
  readonly x: Axis;
  /** In the axis's unit; null for all. */
  readonly range: Range | null;
  /** The number of buckets into which the view is divided. */
  readonly buckets: number;
  readonly smoothing: number;
  /** Whether every recorded point is needed, for a file. */
  readonly every?: boolean;
}

/** Reads a run's metric in order, each step once; over times every point of another program's run. */
export function readCurve(store: PointSource, run: CurveRun, key: string, x: Axis): AxisCurve {
  const columns = store.metrics.read(run.id, key);
  const recorded = columns.steps.length;
  const { kept, restarts, left } = sortedPoints(columns.steps, run.isOwn);
  if (isTimed(x)) {
    const counted = run.isOwn ? kept : null;
    const times = pick(columns.times, counted);
    const origin = x === 'clock' ? 0 : (run.startedAt ?? times[0] ?? 0);
    const since = (position: number) => Math.round((columns.times[position] as number) - origin);
    const past = restarts.length > 0 ? { restarts: Float64Array.from(restarts, since), left: [] } : null;
    return { ...overTime(times, pick(columns.values, counted), origin), per: MS, recorded, past };
  }
  const curve = { steps: pick(columns.steps, kept), values: pick(columns.values, kept) };
  const other = placingMetric(run, x);
  if (other !== null) {
    const places = store.metrics.read(run.id, other);
    const order = sortedPoints(places.steps, run.isOwn).kept;
    const placed = overMetric(curve, { steps: pick(places.steps, order), values: pick(places.values, order) });
    return { ...placed, per: 1, origin: 0, recorded, past: null };
  }
  const past =
    restarts.length > 0
      ? {
          restarts: Float64Array.from(restarts, (position) => columns.steps[position] as number),
          left: left.map((at) => ({ steps: pick(columns.steps, at), values: pick(columns.values, at) })),
        }
      : null;
  return { ...curve, per: x === 'epoch' ? (run.perEpoch ?? 1) : 1, origin: 0, recorded, past };
}

/** The metric whose values are the places of a run's points on an axis; null where an axis needs none. */
export const placingMetric = ({ perEpoch, epochKey }: Pick<CurveRun, 'perEpoch' | 'epochKey'>, x: Axis) =>
  x === 'epoch' && perEpoch === null ? epochKey : metricOfAxis(x);

/**
 * Over the values of another metric: a point lies where that metric was last before the point, or at its step. Points before
 * the other's first, and where the other is not finite, have no place and are left out.
 */
export function overMetric({ steps, values }: Curve, other: Curve): Curve {
  const places = new Float64Array(steps.length).fill(Number.NaN);
  let at = -1;
  for (let i = 0; i < steps.length; i++) {
    while (at + 1 < other.steps.length && (other.steps[at + 1] as number) <= (steps[i] as number)) at += 1;
    if (at >= 0) places[i] = other.values[at] as number;
  }
  const order = Uint32Array.from(places, (_, i) => i).filter((i) => Number.isFinite(places[i]));
  order.sort((a, b) => (places[a] as number) - (places[b] as number) || a - b);
  return { steps: pick(places, order), values: pick(values, order) };
}

/**
 * Over whole milliseconds since the origin. In a resumed run an old step may come after a newer one, so the points are sorted
 * by time.
 */
function overTime(times: Float64Array, values: Float64Array, origin: number): Curve & { origin: number } {
  const since = times.map((time) => Math.round(time - origin));
  let forward = true;
  for (let i = 1; forward && i < since.length; i++) forward = (since[i] as number) >= (since[i - 1] as number);
  if (forward) return { steps: since, values, origin };
  const order = Uint32Array.from(since, (_, i) => i).sort(
    (a, b) => (since[a] as number) - (since[b] as number) || a - b,
  );
  return { steps: pick(since, order), values: pick(values, order), origin };
}

/** The extent of several curves; null where none has a point. */
export class Span {
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  add(steps: Float64Array, per: number): void {
    if (steps.length === 0) return;
    this.#from = Math.min(this.#from, (steps[0] as number) / per);
    this.#to = Math.max(this.#to, (steps[steps.length - 1] as number) / per);
  }

  get ends(): [number, number] | null {
    return this.#from <= this.#to ? [this.#from, this.#to] : null;
  }
}
