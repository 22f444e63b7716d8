import { downsample, Smoother, within } from '@whorl/core';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { PackedCurve } from '#src/contract/curves.ts';
import type { PointSource } from '../record/points.ts';
import type { CurveRun } from './curve-runs.ts';
import { packAttempts } from './past-attempts.ts';
import { type CurveQuestion, readCurve, type Span } from './read-curve.ts';
import { withNeighbours } from './within-view.ts';

/**
 * The curve of a run within a range, by enough points to draw it; null where nothing was recorded.
 * @param span extended by the curve
 */
export function readRun(
  store: PointSource,
  run: CurveRun,
  { key, x, range, buckets, smoothing, every = false }: CurveQuestion,
  span: Span,
): PackedCurve | null {
  const { steps, values, per, origin, recorded, past } = readCurve(store, run, key, x);
  if (recorded === 0) return null;
  span.add(steps, per);
  for (const left of past?.left ?? []) span.add(left.steps, per);
  const smoother = new Smoother(smoothing);
  const smooth = smoothing > 0 ? smoother.column(values) : null;
  const view = range && ([range[0] * per, range[1] * per] as const);
  const [first, last] = view ? within(steps, view) : [0, steps.length - 1];
  const kept = withNeighbours(
    downsample({ steps, values }, every ? steps.length : buckets, view ?? undefined),
    steps,
    view,
  );
  const of = (column: Float64Array) => kept.map((i) => column[i] as number);
  return {
    runId: run.id,
    name: run.name,
    levels: run.levels,
    next: recorded,
    inView: Math.max(0, last - first + 1),
    x: packIntegers(of(steps)),
    per,
    origin,
    values: packColumn(of(values)),
    smooth: packColumn(smooth ? of(smooth) : []),
    smoothed: smoother.state,
    ...packAttempts(past, view, every ? recorded : buckets),
  };
}
