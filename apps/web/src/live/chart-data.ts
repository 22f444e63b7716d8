import { type Curve, GrowingCurve, Smoother } from '@whorl/core';
import type { Axis } from '#src/contract/axes.ts';
import { unpackColumn } from '#src/contract/columns.ts';
import type { CurveLook, Extent, Levels, PackedCurve, PackedGroup } from '#src/contract/curves.ts';
import type { LiveEvent } from '#src/contract/live.ts';
import { groupKey, groupLevels } from '#src/contract/outline.ts';
import type { PackedSeries, Run } from '#src/contract/schemas.ts';

// What a chart's query holds: the curves that were read, which grow by the points that come.

/** What a chart asks for. */
export interface AskedCurves extends Omit<CurveLook, 'range'> {
  readonly range: readonly [number, number] | null;
  readonly by: readonly string[];
  /** Whether the chart draws runs, and whether it draws what groups have in common. */
  readonly raw: boolean;
  readonly mean: boolean;
}

/** A run's curve as it is drawn, in the unit of the axis. Another object whenever it is another. */
export interface RunCurve extends Curve {
  readonly runId: string;
  readonly name: string;
  readonly levels: Levels;
  /** The smoothed value at each point; empty where nothing is smoothed. */
  readonly smooth: Float64Array;
  /** How many points were recorded: the position of the next one. */
  readonly recorded: number;
  /** How it goes on: where its points lie in units of 1 / `per` from `origin`, and how far the smoothing came. */
  readonly growth: Pick<PackedCurve, 'per' | 'origin' | 'smoothed'> & { readonly places: Float64Array };
}

/** A group's curve as it is drawn. */
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

/** What a chart has to draw. */
export interface Drawn {
  /** What was asked for: while something else is fetched, this is what is still shown. */
  readonly asked: AskedCurves;
  /** The axis that it is over: steps where epochs are not known. */
  readonly x: Axis;
  readonly extent: Extent;
  readonly runs: readonly RunCurve[];
  readonly groups: readonly GroupCurveDrawn[];
  /** What is wrong with series that are missing because they cannot be read. */
  readonly damaged: readonly string[];
}

/** What the query of a chart holds. */
export interface ChartData extends Drawn {
  /** What is to be read again: everything, or the groups of these keys, as their runs have other points now. */
  readonly stale: 'all' | readonly string[];
}

/** What was read for a chart. */
export interface ReadCurves {
  readonly x: Axis;
  readonly extent: Extent;
  readonly curves: readonly PackedCurve[];
  readonly groups: readonly PackedGroup[];
  readonly damaged: readonly string[];
}

/** What was read, as it is drawn. @param since points that came while it was on its way, and before */
export function chartOf(asked: AskedCurves, read: ReadCurves, since: readonly PackedSeries[] = []): ChartData {
  const { x, extent, curves, groups, damaged } = read;
  const runs = curves.map((packed) => curveOf(packed));
  const data: ChartData = { asked, x, extent, runs, groups: groups.map(unpackGroup), damaged, stale: [] };
  const series = since.filter(({ key }) => key === asked.key);
  return series.length === 0 ? data : appended(data, series);
}

/**
 * The chart after what happened; itself where that is nothing to it.
 * @param paramsOf what is known of a run; undefined of one that the page was told nothing of
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
    // Its points may be in this very event.
    isStale ||= asked.raw && !series.some(({ runId }) => runId === run.id);
  }
  const next = asked.raw ? appended(data, series) : data;
  const stale = isStale || next.stale === 'all' ? 'all' : [...changed];
  return JSON.stringify(stale) === JSON.stringify(next.stale) ? next : { ...next, stale };
}

/** The chart with groups that were read again in the place of what they were. */
export function withGroups(data: ChartData, { extent, groups }: ReadCurves): ChartData {
  const fresh = groups.map(unpackGroup);
  const byKey = new Map(fresh.map((group) => [groupKey(group.levels), group]));
  const known = new Set(data.groups.map(({ levels }) => groupKey(levels)));
  const kept = data.groups.map((group) => byKey.get(groupKey(group.levels)) ?? group);
  const added = fresh.filter(({ levels }) => !known.has(groupKey(levels)));
  return { ...data, extent: spanning(data.extent, extent), groups: [...kept, ...added] };
}

/** The chart with what is new of these points in its runs. */
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
    const longer = extended(curve, packed, data);
    curves.set(packed.runId, longer.curve);
    extent = spanning(extent, longer.ends);
    isGrown = true;
  }
  if (!isGrown) return stale === data.stale ? data : { ...data, stale };
  return { ...data, extent, stale, runs: data.runs.map((run) => curves.get(run.runId) ?? run) };
}

/** A curve with what is new of these points, in bounded memory, and where those lie. */
function extended(curve: RunCurve, packed: PackedSeries, { asked, x }: Drawn): { curve: RunCurve; ends: Extent } {
  const { per, origin, smoothed, places } = curve.growth;
  const fresh = curve.recorded - packed.offset;
  const column = x === 'time' ? unpackColumn(packed.times).map((time) => time - origin) : unpackColumn(packed.steps);
  const all = column.subarray(fresh);
  const values = unpackColumn(packed.values).subarray(fresh);
  const smoother = asked.smoothing > 0 ? new Smoother(asked.smoothing, smoothed) : null;
  const smooth = smoother?.column(values) ?? new Float64Array(0);
  let end = all.length;
  if (asked.range) while (end > 0 && (all[end - 1] as number) / per > asked.range[1]) end -= 1;
  const growing = new GrowingCurve(asked.buckets, x !== 'time');
  growing.append({ steps: places, values: curve.values, smooth: curve.smooth });
  growing.append({ steps: all.subarray(0, end), values: values.subarray(0, end), smooth: smooth.subarray(0, end) });
  const ends: Extent = all.length > 0 ? [(all[0] as number) / per, (all[all.length - 1] as number) / per] : null;
  const growth = { per, origin, smoothed: smoother?.state ?? smoothed };
  return { curve: { ...curve, recorded: packed.total, ...drawn(growing, growth) }, ends };
}

type Smoothed = Curve<ArrayLike<number>> & { readonly smooth: ArrayLike<number> };

function drawn({ steps, values, smooth }: Smoothed, growth: Omit<RunCurve['growth'], 'places'>) {
  const places = new Float64Array(steps);
  return {
    steps: places.map((place) => place / growth.per),
    values: new Float64Array(values),
    smooth: new Float64Array(smooth),
    growth: { ...growth, places },
  };
}

function curveOf({ runId, name, levels, next, x, values, smooth, per, origin, smoothed }: PackedCurve): RunCurve {
  const points = { steps: unpackColumn(x), values: unpackColumn(values), smooth: unpackColumn(smooth) };
  return { runId, name, levels, recorded: next, ...drawn(points, { per, origin, smoothed }) };
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
