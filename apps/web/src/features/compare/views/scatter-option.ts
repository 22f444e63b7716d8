import { cutMiddle } from '@whorl/core';
import type { EChartsCoreOption } from 'echarts/core';
import { FONT, INK, plainText } from '#src/charts/chart-ink.ts';
import type { Colour } from '#src/charts/colours.ts';
import { labelWidth } from '#src/charts/label-width.ts';
import { type LineScale, scaleOver, tickText } from '#src/charts/line-scale.ts';
import type { FactorValue } from '#src/contract/comparison.ts';
import type { Theme } from '#src/ui/use-theme.ts';
import { type AxisScale, placeOnAxis } from '../model/axes.ts';
import type { ComparedRun } from './use-runs.ts';

/** A run with its place in the chart. */
export interface PlacedRun {
  readonly run: ComparedRun;
  readonly x: number;
  readonly y: number;
}

/** An axis of the chart. */
export interface ScatterAxis {
  readonly field: string;
  readonly name: string;
  readonly scale: AxisScale;
}

/** Places the runs that have both values. */
export function placeRuns(runs: readonly ComparedRun[], x: ScatterAxis, y: ScatterAxis): PlacedRun[] {
  return runs.flatMap((run, i): PlacedRun[] => {
    const at = [placeOnAxis(x.scale, run.values.get(x.field)), placeOnAxis(y.scale, run.values.get(y.field))] as const;
    if (at[0] === null || at[1] === null) return [];
    return [{ run, x: at[0] + shake(x.scale, i), y: at[1] + shake(y.scale, i + 7) }];
  });
}

/** Runs at the same place would cover each other, so each is moved a little, always by the same amount. */
const shake = ({ kind }: AxisScale, i: number): number => (kind === 'places' ? (((i * 0.618_034) % 1) - 0.5) * 0.4 : 0);

interface Scatter {
  readonly placed: readonly PlacedRun[];
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly selected: ReadonlySet<string>;
  readonly colourOf: (run: ComparedRun) => Colour;
  /** The lines of a run's tooltip. */
  readonly tell: (run: ComparedRun) => string[];
  readonly nameValue: (value: FactorValue) => string;
  /** The word for a logarithmic axis. */
  readonly logWord: string;
}

/** The chart's configuration for ECharts. */
export function scatterOption(scatter: Scatter, theme: Theme): EChartsCoreOption {
  const { placed, x, y, selected, colourOf, tell, nameValue, logWord } = scatter;
  const { text, grid, ground, ink } = INK[theme];
  const across = measured(
    x.scale,
    placed.map((point) => point.x),
  );
  const up = measured(
    y.scale,
    placed.map((point) => point.y),
  );
  // The width that the labels of the vertical axis need.
  const room = Math.max(40, ...(up?.ticks ?? []).map((tick) => Math.ceil(labelWidth(tickText(tick))) + 10));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: room + 24, right: 28, top: 16, bottom: 52 },
    xAxis: axisOf(x.scale, across, titleOf(x.name, x.scale, logWord), theme, nameValue, 32),
    yAxis: axisOf(y.scale, up, titleOf(y.name, y.scale, logWord), theme, nameValue, room + 6, true),
    toolbox: { show: false },
    brush: {
      toolbox: [],
      xAxisIndex: 0,
      brushMode: 'single',
      removeOnClick: true,
      brushStyle: { color: 'rgba(120,130,220,0.12)', borderColor: INK[theme].accent, borderWidth: 1 },
      outOfBrush: {},
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      renderMode: 'richText',
      backgroundColor: ground,
      borderColor: grid,
      padding: [8, 12],
      textStyle: { color: ink, fontSize: 12, fontFamily: FONT, lineHeight: 18 },
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const run = placed[dataIndex]?.run;
        if (!run) return '';
        return tell(run)
          .map((line) => plainText(cutMiddle(line, 60)))
          .join('\n');
      },
    },
    series: [
      {
        id: 'runs',
        type: 'scatter',
        symbolSize: placed.length > 1000 ? 5 : 8,
        z: 2,
        data: placed.map(({ run, x, y }) => {
          const isIn = selected.size === 0 || selected.has(run.id);
          return {
            value: [x, y],
            itemStyle: {
              color: colourOf(run)[theme],
              opacity: isIn ? 0.85 : 0.12,
              borderColor: selected.has(run.id) ? ink : ground,
              borderWidth: selected.has(run.id) ? 1.5 : 0.5,
            },
          };
        }),
      },
    ],
    color: [text],
  };
}

const titleOf = (name: string, { kind }: AxisScale, log: string): string =>
  kind === 'log' ? `${name} (${log})` : name;

/** The scale of a measured quantity; null where each value has its own place. */
const measured = ({ kind }: AxisScale, values: readonly number[]): LineScale | null =>
  kind === 'places' ? null : scaleOver(values, kind === 'log');

function axisOf(
  scale: AxisScale,
  ends: LineScale | null,
  name: string,
  theme: Theme,
  nameValue: (value: FactorValue) => string,
  nameGap: number,
  isVertical = false,
) {
  const { text, grid } = INK[theme];
  const places = scale.kind === 'places' ? scale.values : null;
  return {
    type: scale.kind === 'log' ? 'log' : 'value',
    name: cutMiddle(name, 48),
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
    axisLine: { show: !isVertical, onZero: false, lineStyle: { color: grid } },
    axisTick: { show: false, customValues: ends && [...ends.ticks] },
    splitLine: { show: isVertical, lineStyle: { color: grid } },
    ...(places
      ? { min: -0.5, max: places.length - 0.5, interval: 1 }
      : { min: ends?.from ?? null, max: ends?.to ?? null, interval: undefined, scale: true }),
    axisLabel: {
      color: text,
      fontSize: 12,
      fontFamily: FONT,
      hideOverlap: true,
      ...(places
        ? {
            // Places are at integers between the ends -0.5 and n - 0.5, so labels at other positions are empty.
            formatter: (value: number) => {
              const place = places[Math.round(value)];
              return place === undefined || Math.abs(value - Math.round(value)) > 0.01
                ? ''
                : cutMiddle(nameValue(place), 14);
            },
            customValues: places.map((_, i) => i),
          }
        : { formatter: tickText, customValues: ends && [...ends.ticks] }),
    },
  };
}
