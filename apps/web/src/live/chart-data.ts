import { type Curve, GrowingCurve, Smoother } from '@whorl/core';
import { type Axis, isTimed } from '#src/contract/axes.ts';
import { unpackColumn } from '#src/contract/columns.ts';
import type { CurveLook, Extent, Levels, PackedCurve, PackedGroup } from '#src/contract/curves.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import { groupKey, groupLevels } from '#src/contract/outline.ts';
import type { PackedSeries, Run } from '#src/contract/schemas.ts';

// The data of a chart's query: curves that were read, and that grow with every event.

/** What a chart asks for. */
export interface AskedCurves extends Omit<CurveLook, 'range'> {
  readonly range: readonly [number, number] | null;
  readonly by: readonly string[];
  /** Whether the chart draws runs, and whether it draws means of groups. */
  readonly raw: boolean;
  readonly mean: boolean;
}

/** A run's curve as it is drawn, in the axis's unit. It is replaced by a new object when it changes. */
export interface RunCurve extends Curve {
  readonly runId: string;
  readonly name: string;
  readonly levels: Levels;
  /** The smoothed value at each point; empty where nothing is smoothed. */
  readonly smooth: Float64Array;
  /** How many points were recorded: the position of the next one. */
  readonly recorded: number;
  /** What is needed to append points: their places in units of 1 / `per` from `origin`, and the state of the smoothing. */
  readonly growth: Pick<PackedCurve, 'per' | 'origin' | 'smoothed'> & { readonly places: Float64Array };
  /** Where a run of another program went back to, and what it had recorded from there on before. */
  readonly restarts: Float64Array;
  readonly left: readonly Curve[];
}

/** The curve of a group as it is drawn. */
export interface GroupCurveDrawn {
  readonly levels: Levels;
  readonly runs: number;
  readonly members: number;
  readonly xs: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly smooth: Float64Array;
  readonly n: Float64Array;
  readonly seeds: Float64Array;
  readonly nonFinite: Float64Array;
  readonly set: Float64Array;
}

/** The data that a chart draws. */
export interface Drawn {
  /** What they were read for. It may differ from what is being fetched. */
  readonly asked: AskedCurves;
  /** The actual axis: steps where the length of epochs is unknown. */
  readonly x: Axis;
  /** Whether places come from another metric: new points have none until they are read. */
  readonly isPlaced: boolean;
  readonly extent: Extent;
  readonly runs: readonly RunCurve[];
  readonly groups: readonly GroupCurveDrawn[];
  /** Errors of series that are missing because they cannot be read. */
  readonly damaged: readonly string[];
}

/** What the query of a chart holds. */
export interface ChartData extends Drawn {
  /** What must be read again: everything, or the groups with these keys, whose runs have new points. */
  readonly stale: 'all' | readonly string[];
}

/** What was read for a chart. */
export interface ReadCurves {
  readonly x: Axis;
  readonly isPlaced: boolean;
  readonly extent: Extent;
  readonly curves: readonly PackedCurve[];
  readonly groups: readonly PackedGroup[];
  readonly damaged: readonly string[];
}

/**
 * The data of a chart from what was read.
 * @param since points that arrived while it was read
 */
export function chartOf(asked: AskedCurves, read: ReadCurves, since: readonly PackedSeries[] = []): ChartData {
  const { x, isPlaced, extent, curves, groups, damaged } = read;
  const runs = curves.map((packed) => curveOf(packed));
  const data: ChartData = { asked, x, isPlaced, extent, runs, groups: groups.map(unpackGroup), damaged, stale: [] };
  const series = since.filter(({ key }) => key === asked.key);
  return series.length === 0 ? data : appended(data, series);
}

/** The data without runs that were deleted. The means are read again. */
export const withoutRuns = (data: ChartData, gone: ReadonlySet<string>): ChartData => ({
  ...data,
  runs: data.runs.filter(({ runId }) => !gone.has(runId)),
});

/**
 * The data after an event; the same object where nothing changes.
 * @param paramsOf the params of a run; undefined where the page does not know them
 */
export function grown(
  data: ChartData,
  { series: all, runs }: Pick<LiveEvent, 'series' | 'runs'>,
  paramsOf: (runId: string) => Run['params'] | undefined,
): ChartData {
  const { asked } = data;
  const series = all.filter(({ key }) => key === asked.key);
  const recorded = new Map(data.runs.map((run) => [run.runId, run.recorded]));
  const changed = new Set(data.stale === 'all' ? [] : data.stale);
  let isStale = data.stale === 'all';
  const changes = (runId: string) => {
    if (!asked.mean) return;
    const known = data.runs.find((run) => run.runId === runId)?.levels;
    const params = paramsOf(runId);
    if (known || params) changed.add(groupKey(known ?? groupLevels(params ?? {}, asked.by)));
    else isStale = true;
  };
  for (const { runId, total } of series) if (total > (recorded.get(runId) ?? 0)) changes(runId);
  for (const run of runs) {
    const count = run.metrics.find(({ key }) => key === asked.key)?.count ?? 0;
    if (count <= (recorded.get(run.id) ?? 0)) continue;
    changes(run.id);
    // Its points may be part of the same event.
    isStale ||= asked.raw && !series.some(({ runId }) => runId === run.id);
  }
  const next = asked.raw ? appended(data, series) : data;
  const stale = isStale || next.stale === 'all' ? 'all' : [...changed];
  return JSON.stringify(stale) === JSON.stringify(next.stale) ? next : { ...next, stale };
}

/** Replaces groups that were read again. */
export function withGroups(data: ChartData, { extent, groups }: ReadCurves): ChartData {
  const fresh = groups.map(unpackGroup);
  const byKey = new Map(fresh.map((group) => [groupKey(group.levels), group]));
  const known = new Set(data.groups.map(({ levels }) => groupKey(levels)));
  const kept = data.groups.map((group) => byKey.get(groupKey(group.levels)) ?? group);
  const added = fresh.filter(({ levels }) => !known.has(groupKey(levels)));
  return { ...data, extent: spanning(data.extent, extent), groups: [...kept, ...added] };
}

/** Appends new points to the runs of a chart. */
function appended(data: ChartData, series: readonly PackedSeries[]): ChartData {
  if (series.length === 0) return data;
  let { extent, stale } = data;
  const curves = new Map(data.runs.map((run) => [run.runId, run]));
  let isGrown = false;
  for (const packed of series) {
    const curve = curves.get(packed.runId);
    if (!curve || packed.offset > curve.recorded) {
      stale = 'all';
      continue;
    }
    if (packed.total <= curve.recorded) continue;
    if (data.isPlaced) {
      stale = 'all';
      continue;
    }
    const longer = extended(curve, packed, data);
    // A restart, perhaps: who reads the whole series can tell.
    if (longer.goesBack) stale = 'all';
    curves.set(packed.runId, longer.curve);
    extent = spanning(extent, longer.ends);
    isGrown = true;
  }
  if (!isGrown) return stale === data.stale ? data : { ...data, stale };
  return { ...data, extent, stale, runs: data.runs.map((run) => curves.get(run.runId) ?? run) };
}

/** Appends new points to a curve, in bounded memory. Also gives the extent of these points. */
function extended(
  curve: RunCurve,
  packed: PackedSeries,
  { asked, x }: Drawn,
): { curve: RunCurve; ends: Extent; goesBack: boolean } {
  const { per, origin, smoothed, places } = curve.growth;
  const fresh = curve.recorded - packed.offset;
  const column = isTimed(x) ? unpackColumn(packed.times).map((time) => time - origin) : unpackColumn(packed.steps);
  const all = column.subarray(fresh);
  const values = unpackColumn(packed.values).subarray(fresh);
  const smoother = asked.smoothing > 0 ? new Smoother(asked.smoothing, smoothed) : null;
  const smooth = smoother?.column(values) ?? new Float64Array(0);
  let end = all.length;
  if (asked.range) while (end > 0 && (all[end - 1] as number) / per > asked.range[1]) end -= 1;
  const growing = new GrowingCurve(asked.buckets, !isTimed(x));
  growing.append({ steps: places, values: curve.values, smooth: curve.smooth });
  growing.append({ steps: all.subarray(0, end), values: values.subarray(0, end), smooth: smooth.subarray(0, end) });
  const ends: Extent = all.length > 0 ? [(all[0] as number) / per, (all[all.length - 1] as number) / per] : null;
  const growth = { per, origin, smoothed: smoother?.state ?? smoothed };
  const goesBack = !isTimed(x) && (all[0] as number) < (places.at(-1) ?? Number.NEGATIVE_INFINITY);
  return { curve: { ...curve, recorded: packed.total, ...drawn(growing, growth) }, ends, goesBack };
}

type Smoothed = Curve<ArrayLike<number>> & { readonly smooth: ArrayLike<number> };

/** What becomes longer. */
function drawn({ steps, values, smooth }: Smoothed, growth: Omit<RunCurve['growth'], 'places'>) {
  const places = new Float64Array(steps);
  return {
    steps: places.map((place) => place / growth.per),
    values: new Float64Array(values),
    smooth: new Float64Array(smooth),
    growth: { ...growth, places },
  };
}

function curveOf(packed: PackedCurve): RunCurve {
  const { runId, name, levels, next, x, values, smooth, per, origin, smoothed } = packed;
  const points = { steps: unpackColumn(x), values: unpackColumn(values), smooth: unpackColumn(smooth) };
  const placed = (column: string) => unpackColumn(column).map((place) => place / per);
  return {
    ...{ runId, name, levels, recorded: next },
    ...drawn(points, { per, origin, smoothed }),
    restarts: placed(packed.restarts),
    left: packed.left.map(({ x, values }) => ({ steps: placed(x), values: unpackColumn(values) })),
  };
}

function spanning(a: Extent, b: Extent): Extent {
  if (!a || !b) return a ?? b;
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

function unpackGroup({ levels, runs, members, per, ...packed }: PackedGroup): GroupCurveDrawn {
  const mean = unpackColumn(packed.mean);
  const half = unpackColumn(packed.half);
  return {
    levels,
    runs,
    members,
    xs: unpackColumn(packed.x).map((x) => x / per),
    mean,
    low: mean.map((value, i) => value - (half[i] as number)),
    high: mean.map((value, i) => value + (half[i] as number)),
    smooth: unpackColumn(packed.smooth),
    n: unpackColumn(packed.n),
    seeds: unpackColumn(packed.seeds),
    nonFinite: unpackColumn(packed.nonFinite),
    set: unpackColumn(packed.set),
  };
}
