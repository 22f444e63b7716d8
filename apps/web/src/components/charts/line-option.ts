import type { EChartsCoreOption } from 'echarts/core';
import type { Theme } from '#src/components/ui/use-theme.ts';
import { type LineGroup, type LinePicture, type MeanLine, type RunLine, span } from './line-picture.ts';
import { placeOn, type Scale, tickText } from './line-scale.ts';

export interface LineAxes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xName: string;
  readonly yName: string;
  /** How many of the axis's unit make one of what its labels count. */
  readonly xUnit: number;
}

const INK: Readonly<Record<Theme, { text: string; grid: string }>> = {
  light: { text: '#5c6269', grid: '#e9e9e5' },
  dark: { text: '#a0a7ae', grid: '#272b2f' },
};

const FONT = '"Inter Variable", system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Pixels around the picture. */
export const FRAME = { left: 52, right: 20, top: 32, bottom: 48 } as const;

/** With more runs than this a group's are one series: ECharts takes its time over each. */
const MOST_SERIES = 150;
const FEW_RUNS = 12;
/** A line of more points than this is an area, and a thin pen draws it finer. */
const DENSE = 1000;

/** The chart's configuration for ECharts. */
export function lineOption(picture: LinePicture, axes: LineAxes, theme: Theme): EChartsCoreOption {
  const { text, grid } = INK[theme];
  const axis = {
    nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
    axisLine: { show: false },
    minorTick: { show: false },
  };
  const ticks = (scale: Scale, unit: number, margin: number) => ({
    type: scale.logarithmic ? 'log' : 'value',
    min: scale.from,
    max: scale.to,
    axisTick: { show: false, customValues: [...scale.ticks] },
    axisLabel: {
      color: text,
      fontSize: 12,
      fontFamily: FONT,
      hideOverlap: true,
      margin,
      customValues: [...scale.ticks],
      formatter: (value: number) => tickText(Number((value / unit).toPrecision(12))),
    },
  });
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { ...FRAME, containLabel: false, outerBoundsMode: 'none' },
    xAxis: {
      ...axis,
      ...ticks(axes.x, axes.xUnit, 13),
      name: axes.xName,
      nameLocation: 'middle',
      nameGap: 32,
      axisLine: { show: true, onZero: false, lineStyle: { color: grid } },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      ...ticks(axes.y, 1, 8),
      name: axes.yName,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, 8 - FRAME.left] },
      splitLine: { lineStyle: { color: grid } },
    },
    tooltip: { show: false },
    series: seriesOf(picture, axes, theme),
  };
}

function seriesOf({ groups, runs }: LinePicture, axes: LineAxes, theme: Theme): object[] {
  const shown = groups.map((group, at) => ({ group, at })).filter(({ group }) => !group.hidden);
  const bands = shown.flatMap(({ group }) => (group.mean ? [band(group, group.mean, axes, theme)] : []));
  const means = shown.flatMap(({ group }) => (group.mean ? meanSeries(group, group.mean, axes, theme) : []));
  const withMean = groups.some(({ mean }) => mean !== null);
  const total = runs.filter(({ group }) => !groups[group]?.hidden).length;
  const raw = shown.flatMap(({ group, at }) => {
    const members = runs.filter((run) => run.group === at);
    const lines = total > MOST_SERIES ? [members] : members.map((run) => [run]);
    return lines.flatMap((line) => runSeries(group, line, { total, withMean }, axes, theme));
  });
  return [...bands, ...raw, ...means, ...markSeries({ groups, runs }, axes, theme)];
}

const base = {
  type: 'line',
  // x and y of each point one after the other, a gap where y is NaN: ECharts reads them without an object for each.
  dimensions: ['x', 'y'],
  showSymbol: false,
  silent: true,
  emphasis: { disabled: true },
  animation: false,
  clip: true,
};

function runSeries(
  { look }: LineGroup,
  runs: readonly RunLine[],
  { total, withMean }: { total: number; withMean: boolean },
  axes: LineAxes,
  theme: Theme,
): object[] {
  const smoothed = runs.some(({ smooth }) => smooth.length > 0);
  const few = total <= FEW_RUNS && !withMean;
  const opacity = few ? 1 : total > 60 ? 0.2 : total > 20 ? 0.3 : 0.42;
  const color = look.colour[theme];
  const line = (values: (run: RunLine) => ArrayLike<number>, width: number, alpha: number, z: number) => ({
    ...base,
    z,
    color,
    lineStyle: { width, opacity: alpha, type: few ? look.stroke : 'solid', cap: 'round', join: 'round' },
    data: joined(runs.map((run) => pointsOf(run.xs, values(run), axes))),
    ...loneSymbols(runs, axes),
  });
  const dense = runs.some(({ xs }) => xs.length > DENSE);
  const raw = line(
    ({ ys }) => ys,
    few && !smoothed ? (dense ? 1.25 : 1.75) : 1,
    smoothed ? opacity * 0.35 : opacity,
    2,
  );
  if (!smoothed) return [raw];
  return [raw, line(({ smooth }) => smooth, few ? 1.75 : 1, few ? 1 : Math.min(1, opacity * 1.6), 3)];
}

/** A run of one point is a dot, not a line. */
function loneSymbols(runs: readonly RunLine[], { x }: LineAxes) {
  const lone = runs.some(({ xs }) => {
    let inView = 0;
    for (let i = 0; i < xs.length && inView < 2; i++)
      if ((xs[i] as number) >= x.from && (xs[i] as number) <= x.to) inView += 1;
    return inView === 1;
  });
  return lone ? { showSymbol: true, symbol: 'circle', symbolSize: 5 } : {};
}

function meanSeries({ look }: LineGroup, mean: MeanLine, axes: LineAxes, theme: Theme): object[] {
  const color = look.colour[theme];
  const line = (values: ArrayLike<number>, width: number, opacity: number) => ({
    ...base,
    z: 5,
    color,
    showSymbol: values.length === 1,
    symbol: 'circle',
    symbolSize: 6,
    lineStyle: { width, opacity, type: look.stroke, join: 'round' },
    data: pointsOf(mean.xs, values, axes),
  });
  if (mean.smooth.length === 0) return [line(mean.mean, 2.25, 1)];
  return [line(mean.mean, 1, 0.45), line(mean.smooth, 2.25, 1)];
}

/** The points in view, and the next ones outside: the line leaves the picture where it goes on. */
function pointsOf(xs: ArrayLike<number>, ys: ArrayLike<number>, { x, y }: LineAxes): Float64Array {
  const [first, end] = span(xs, [x.from, x.to]);
  const [from, to] = [Math.max(0, first - 1), Math.min(xs.length, end + 1)];
  const points = new Float64Array(2 * (to - from));
  let at = 0;
  for (let i = from; i < to; i++) {
    const value = ys[i] as number;
    if (x.logarithmic && !((xs[i] as number) > 0)) continue;
    points[at++] = xs[i] as number;
    points[at++] = Number.isFinite(value) && (!y.logarithmic || value > 0) ? value : Number.NaN;
  }
  return points.subarray(0, at);
}

/** Several lines as one, with a gap between each and the next. */
function joined(lines: readonly Float64Array[]): Float64Array {
  if (lines.length === 1) return lines[0] as Float64Array;
  const points = new Float64Array(lines.reduce((sum, line) => sum + line.length + 2, 0));
  let at = 0;
  for (const line of lines) {
    if (line.length === 0) continue;
    points.set(line, at);
    at += line.length + 2;
    points[at - 2] = line[line.length - 2] as number;
    points[at - 1] = Number.NaN;
  }
  return points.subarray(0, at);
}

interface RenderApi {
  readonly coord: (point: readonly [number, number]) => [number, number];
}

/** The interval as a band: one shape for each stretch without a gap. */
function band({ look }: LineGroup, { xs, low, high }: MeanLine, { x, y }: LineAxes, theme: Theme): object {
  const stretches: number[][] = [];
  let open: number[] | null = null;
  const [first, end] = span(xs, [x.from, x.to]);
  for (let i = Math.max(0, first - 1); i < Math.min(xs.length, end + 1); i++) {
    const drawable = Number.isFinite(low[i]) && Number.isFinite(high[i]) && (!x.logarithmic || (xs[i] as number) > 0);
    if (!drawable) open = null;
    else if (open) open.push(i);
    else {
      open = [i];
      stretches.push(open);
    }
  }
  const inside = (value: number) => Math.min(y.to, Math.max(y.from, value));
  const renderItem = (params: { dataIndex: number }, api: RenderApi) => {
    const stretch = stretches[params.dataIndex] ?? [];
    const upper = stretch.map((i) => api.coord([xs[i] as number, inside(high[i] as number)]));
    const lower = stretch.map((i) => api.coord([xs[i] as number, inside(low[i] as number)]));
    return {
      type: 'polygon',
      silent: true,
      shape: { points: [...upper, ...lower.reverse()] },
      style: { fill: look.colour[theme], opacity: theme === 'light' ? 0.14 : 0.2 },
    };
  };
  return {
    type: 'custom',
    z: 1,
    silent: true,
    clip: true,
    animation: false,
    renderItem,
    data: stretches.map((stretch) => [xs[stretch[0] as number] as number, y.from]),
  };
}

const CROSS = 'path://M0,0L10,10M10,0L0,10';

/** What cannot be drawn, at the edge where it would be: above for +Infinity, below for -Infinity, a cross for NaN. */
function markSeries({ groups, runs }: LinePicture, { x, y }: LineAxes, theme: Theme): object[] {
  const places = new Map<string, { look: LineGroup['look']; kind: 'nan' | 'up' | 'down'; xs: Set<number> }>();
  const mark = (group: number, at: number, kind: 'nan' | 'up' | 'down') => {
    const found = groups[group];
    if (!found || found.hidden || at < x.from || at > x.to) return;
    const place = places.get(`${group} ${kind}`) ?? { look: found.look, kind, xs: new Set() };
    place.xs.add(at);
    places.set(`${group} ${kind}`, place);
  };
  for (const { group, xs, ys } of runs) {
    for (let i = 0; i < ys.length; i++) {
      const value = ys[i] as number;
      if (Number.isFinite(value)) continue;
      mark(group, xs[i] as number, Number.isNaN(value) ? 'nan' : value > 0 ? 'up' : 'down');
    }
  }
  for (const [at, { mean }] of groups.entries()) {
    if (!mean || runs.length > 0) continue;
    for (let i = 0; i < mean.xs.length; i++)
      if ((mean.nonFinite[i] as number) > 0) mark(at, mean.xs[i] as number, 'nan');
  }
  return [...places.values()].map(({ look, kind, xs }) => ({
    type: 'scatter',
    z: 6,
    silent: true,
    animation: false,
    clip: false,
    symbol: kind === 'nan' ? CROSS : 'triangle',
    symbolRotate: kind === 'down' ? 180 : 0,
    symbolSize: kind === 'nan' ? 6 : 7,
    symbolOffset: [0, kind === 'up' ? -5 : 5],
    itemStyle:
      kind === 'nan'
        ? { color: 'transparent', borderColor: look.colour[theme], borderWidth: 1.5 }
        : { color: look.colour[theme] },
    data: apart([...xs], x).map((at) => [at, kind === 'up' ? y.to : y.from]),
  }));
}

/** Marks closer than this share of the view cannot be told apart: of such, the first. */
const APART = 0.016;

function apart(xs: readonly number[], scale: Scale): number[] {
  let last = Number.NEGATIVE_INFINITY;
  return xs
    .toSorted((a, b) => a - b)
    .filter((x) => {
      const place = placeOn(scale, x);
      if (!(place - last >= APART)) return false;
      last = place;
      return true;
    });
}
