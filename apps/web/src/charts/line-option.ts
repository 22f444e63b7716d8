import type { EChartsCoreOption } from 'echarts/core';
import type { Theme } from '#src/ui/use-theme.ts';
import { FONT } from './chart-ink.ts';
import { labelWidth } from './label-width.ts';
import { type LineGroup, type LinePicture, type MeanLine, type RunLine, span } from './line-picture.ts';
import { type LineScale, placeOn, tickText } from './line-scale.ts';
import { type Stretch, stretchesOf } from './line-stretches.ts';
import { DASHES } from './looks.ts';

export interface LineAxes {
  readonly x: LineScale;
  readonly y: LineScale;
  readonly xName: string;
  readonly yName: string;
  /** How many of the axis's unit make one of what its labels count. */
  readonly xUnit: number;
}

const INK: Readonly<Record<Theme, { text: string; grid: string }>> = {
  light: { text: '#5c6269', grid: '#e9e9e5' },
  dark: { text: '#a0a7ae', grid: '#272b2f' },
};

/** Pixels around the picture. */
export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LEAST_FRAME: PlotFrame = { left: 52, right: 20, top: 32, bottom: 48 };
/** Pixels between a label of the vertical axis and the axis, and beyond the label. */
const [LABEL_GAP, LABEL_EDGE] = [8, 6];

const labelOf = (value: number, unit: number): string => tickText(Number((value / unit).toPrecision(12)));

/** The room around the picture: as much as the labels take, so that none is cut. */
export function frameOf({ x, y, xUnit }: Pick<LineAxes, 'x' | 'y' | 'xUnit'>): PlotFrame {
  const widest = Math.max(0, ...y.ticks.map((tick) => labelWidth(labelOf(tick, 1))));
  const last = x.ticks.at(-1) ?? x.from;
  const beyond = labelWidth(labelOf(last, xUnit)) / 2;
  return {
    ...LEAST_FRAME,
    left: Math.max(LEAST_FRAME.left, Math.ceil(widest + LABEL_GAP + LABEL_EDGE)),
    right: Math.max(LEAST_FRAME.right, Math.ceil(placeOn(x, last) > 0.9 ? beyond + LABEL_EDGE : 0)),
  };
}

const FEW_RUNS = 12;
const FEW_LABELS = 3;
/** A line of more points than this is an area, and a thin pen draws it finer. */
const DENSE = 1000;

/** The chart's configuration for ECharts. */
export function lineOption(picture: LinePicture, axes: LineAxes, theme: Theme): EChartsCoreOption {
  const { text, grid } = INK[theme];
  const frame = frameOf(axes);
  const axis = {
    nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
    axisLine: { show: false, onZero: false }, // else the vertical axis's name stands over x = 0
    minorTick: { show: false },
  };
  const ticks = (scale: LineScale, unit: number, margin: number) => ({
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
      formatter: (value: number) => labelOf(value, unit),
    },
  });
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { ...frame, containLabel: false, outerBoundsMode: 'none' },
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
      ...ticks(axes.y, 1, LABEL_GAP),
      name: axes.yName,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, 8 - frame.left] },
      splitLine: { lineStyle: { color: grid } },
    },
    series: seriesOf(picture, axes, theme),
  };
}

function seriesOf({ groups, runs }: LinePicture, axes: LineAxes, theme: Theme): object[] {
  const shown = groups.map((group, at) => ({ group, at })).filter(({ group }) => !group.hidden);
  const areas = shown.flatMap(({ group }) => (group.mean ? bands(group, group.mean, axes, theme) : []));
  const means = shown.flatMap(({ group }) => (group.mean ? [meanSeries(group, group.mean, axes, theme)] : []));
  const withMean = groups.some(({ mean }) => mean !== null);
  const total = runs.filter(({ group }) => !groups[group]?.hidden).length;
  const parts = shown.map(({ group, at }) => {
    const members = runs.filter((run) => run.group === at);
    return runSeries(group, members, { total, withMean }, axes, theme);
  });
  return [
    ...lineSeries(areas, 1, axes),
    ...lineSeries(
      parts.flatMap(({ raw }) => raw),
      2,
      axes,
    ),
    ...lineSeries(
      parts.flatMap(({ smooth }) => smooth),
      3,
      axes,
    ),
    ...lineSeries(
      means.flatMap(({ lines }) => lines),
      5,
      axes,
    ),
    ...[...parts, ...means].flatMap(({ dots }) => dots),
    ...markSeries({ groups, runs }, axes, theme),
  ];
}

/** A line of a chart: where its points lie, and what its picture covers. */
export interface LineShape {
  readonly line: {
    /** Across and up, one after the other; 0 to 1 inside of the picture. A gap where one is NaN. */
    readonly places: Float64Array;
    readonly area: Area;
  };
}

/** The picture inside its axes, in pixels. */
interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The name of the shape that line-shape.ts teaches ECharts. */
export const LINE_SHAPE = 'whorl-line';

/** A line and how it is drawn. */
interface Drawn {
  /** Across and up, 0 to 1 inside of the picture; a gap where one is NaN. */
  readonly places: Float64Array;
  readonly style: object;
}

interface RenderParams {
  readonly dataIndex: number;
  readonly coordSys: Area;
}

/** Lines on top of what has a smaller z. One series has them all: ECharts takes its time over each. */
function lineSeries(lines: readonly Drawn[], z: number, { x, y }: LineAxes): object[] {
  if (lines.length === 0) return [];
  const renderItem = ({ dataIndex, coordSys: { x, y, width, height } }: RenderParams) => {
    const { places, style } = lines[dataIndex] as Drawn;
    const shape: LineShape = { line: { places, area: { x, y, width, height } } };
    return {
      type: LINE_SHAPE,
      silent: true,
      shape,
      style: { fill: 'none', lineJoin: 'round', ...style },
    };
  };
  return [
    {
      type: 'custom',
      z,
      silent: true,
      clip: true,
      animation: false,
      renderItem,
      data: lines.map(() => [x.from, y.from]),
    },
  ];
}

/** Points without a line. So few that nothing else is there have their values beside them. */
const dotSeries = (
  data: readonly (readonly [number, number])[],
  size: number,
  color: string,
  z: number,
  label = false,
): object[] =>
  data.length === 0
    ? []
    : [
        {
          type: 'scatter',
          z,
          silent: true,
          animation: false,
          symbolSize: size,
          itemStyle: { color },
          label: {
            show: label,
            position: 'right',
            color,
            fontSize: 12,
            fontFamily: FONT,
            formatter: ({ value }: { value: readonly [number, number] }) => tickText(Number(value[1].toPrecision(6))),
          },
          data,
        },
      ];

function runSeries(
  { look }: LineGroup,
  runs: readonly RunLine[],
  { total, withMean }: { total: number; withMean: boolean },
  axes: LineAxes,
  theme: Theme,
): { raw: Drawn[]; smooth: Drawn[]; dots: object[] } {
  const smoothed = runs.some(({ smooth }) => smooth.length > 0);
  const few = total <= FEW_RUNS && !withMean;
  const opacity = few ? 1 : total > 60 ? 0.2 : total > 20 ? 0.3 : 0.42;
  const dense = runs.some(({ xs }) => xs.length > DENSE);
  const draw = (values: (run: RunLine) => ArrayLike<number>, lineWidth: number, alpha: number) => {
    const lineDash = few ? dashOf(look.stroke) : null;
    const style = { stroke: look.colour[theme], lineWidth, opacity: alpha, lineDash, lineCap: 'round' };
    return runs.map((run): Drawn => ({ places: placesOf(run.xs, values(run), axes), style }));
  };
  const width = few && !smoothed ? (dense ? 1.25 : 1.75) : 1;
  return {
    raw: draw(({ ys }) => ys, width, smoothed ? opacity * 0.35 : opacity),
    smooth: smoothed ? draw(({ smooth }) => smooth, few ? 1.75 : 1, few ? 1 : Math.min(1, opacity * 1.6)) : [],
    dots: dotSeries(
      runs.flatMap((run) => lonePoint(run, axes)),
      few ? 8 : 5,
      look.colour[theme],
      3,
      total <= FEW_LABELS,
    ),
  };
}

const dashOf = (stroke: LineGroup['look']['stroke']) => (DASHES[stroke].length === 0 ? null : [...DASHES[stroke]]);

/** A run of one point in view is a dot, not a line. */
function lonePoint({ xs, ys }: RunLine, { x, y }: LineAxes): (readonly [number, number])[] {
  const [first, end] = span(xs, [x.from, x.to]);
  if (end - first !== 1) return [];
  const [at, value] = [xs[first] as number, ys[first] as number];
  return value >= y.from && value <= y.to ? [[at, value]] : [];
}

/** A mean of fewer runs than the group has is drawn finer, in strokes of its own. */
const PARTIAL = { lineWidth: 1.25, opacity: 0.8, lineDash: [3, 3] } as const;

/** The mean, a line for each stretch over the same runs; a ring where another stretch begins. */
function meanSeries(
  { look }: LineGroup,
  mean: MeanLine,
  axes: LineAxes,
  theme: Theme,
): { lines: Drawn[]; dots: object[] } {
  const color = look.colour[theme];
  const view = [axes.x.from, axes.x.to] as const;
  const stretches = stretchesOf(mean, view);
  const line = (
    values: ArrayLike<number>,
    { from, past, isWhole }: Stretch,
    lineWidth: number,
    opacity: number,
  ): Drawn => ({
    places: placesBetween(mean.xs, values, from, past, axes),
    style: {
      stroke: color,
      ...(isWhole
        ? { lineWidth, opacity, lineDash: dashOf(look.stroke) }
        : { ...PARTIAL, opacity: PARTIAL.opacity * opacity }),
    },
  });
  const smoothed = mean.smooth.length > 0;
  const drawn = smoothed ? mean.smooth : mean.mean;
  const pointAt = (i: number): (readonly [number, number])[] => {
    const [x, y] = [mean.xs[i] as number, drawn[i] as number];
    return Number.isFinite(y) && x >= view[0] && x <= view[1] && placeOn(axes.y, y) <= 1 ? [[x, y]] : [];
  };
  const lone = stretches.filter(({ from, past }) => past - from === 1).flatMap(({ from }) => pointAt(from));
  const begins = stretches.slice(1).flatMap(({ from }) => pointAt(from));
  const ringsAt = new Set(
    apart(
      begins.map(([x]) => x),
      axes.x,
    ),
  );
  return {
    lines: stretches.flatMap((stretch) =>
      smoothed
        ? [line(mean.mean, stretch, 1, 0.45), line(mean.smooth, stretch, 2.25, 1)]
        : [line(mean.mean, stretch, 2.25, 1)],
    ),
    dots: [
      ...dotSeries(lone, stretches.length === 1 ? 8 : 4, color, 5),
      ...ringSeries(
        begins.filter(([x]) => ringsAt.has(x)),
        color,
      ),
    ],
  };
}

/** Rings: the places at which a mean becomes one of other runs. */
const ringSeries = (data: readonly (readonly [number, number])[], color: string): object[] =>
  data.length === 0
    ? []
    : [
        {
          type: 'scatter',
          z: 6,
          silent: true,
          animation: false,
          // An "empty circle" of ECharts' is filled with white, in the dark as well.
          symbol: 'circle',
          symbolSize: 8,
          itemStyle: { color: 'transparent', borderColor: color, borderWidth: 1.5 },
          data,
        },
      ];

/** The places of the points in view, and of the next ones outside: the line leaves the picture where it goes on. */
function placesOf(xs: ArrayLike<number>, ys: ArrayLike<number>, axes: LineAxes): Float64Array {
  const [first, end] = span(xs, [axes.x.from, axes.x.to]);
  return placesBetween(xs, ys, Math.max(0, first - 1), Math.min(xs.length, end + 1), axes);
}

/** The places of the points from one position to before another. */
function placesBetween(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  from: number,
  to: number,
  { x, y }: LineAxes,
): Float64Array {
  const places = new Float64Array(2 * (to - from));
  let at = 0;
  for (let i = from; i < to; i++) {
    if (x.logarithmic && !((xs[i] as number) > 0)) continue;
    const value = ys[i] as number;
    places[at++] = placeOn(x, xs[i] as number);
    places[at++] = Number.isFinite(value) ? placeOn(y, value) : Number.NaN;
  }
  return places.subarray(0, at);
}

/** The interval as an area: a closed line for each stretch over the same runs and without a gap. */
function bands({ look }: LineGroup, mean: MeanLine, axes: LineAxes, theme: Theme): Drawn[] {
  const { xs, low, high, set } = mean;
  const { x } = axes;
  const [first, end] = span(xs, [x.from, x.to]);
  const [from, to] = [Math.max(0, first - 1), Math.min(xs.length, end + 1)];
  const isDrawable = (i: number) =>
    Number.isFinite(low[i]) && Number.isFinite(high[i]) && (!x.logarithmic || (xs[i] as number) > 0);
  const style = { fill: look.colour[theme], opacity: theme === 'light' ? 0.14 : 0.2 };
  const areas: Drawn[] = [];
  for (let start = from; start < to; start++) {
    if (!isDrawable(start)) continue;
    let past = start + 1;
    while (past < to && isDrawable(past) && set[past] === set[start]) past += 1;
    areas.push({ places: outline(mean, start, past, axes), style });
    start = past - 1;
  }
  return areas;
}

/** Along the upper end and back along the lower one. */
function outline({ xs, low, high }: MeanLine, start: number, past: number, { x, y }: LineAxes): Float64Array {
  const places = new Float64Array(4 * (past - start));
  const inside = (value: number) => placeOn(y, Math.min(y.to, Math.max(y.from, value)));
  for (let i = start; i < past; i++) {
    const [at, back] = [2 * (i - start), places.length - 2 * (i - start) - 2];
    places[at] = placeOn(x, xs[i] as number);
    places[back] = places[at] as number;
    places[at + 1] = inside(high[i] as number);
    places[back + 1] = inside(low[i] as number);
  }
  return places;
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
    const [first, end] = span(xs, [x.from, x.to]);
    for (let i = first; i < end; i++) {
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

function apart(xs: readonly number[], scale: LineScale): number[] {
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
