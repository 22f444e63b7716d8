import type { EChartsCoreOption } from 'echarts/core';
import type { Theme } from '#src/ui/use-theme.ts';
import { FONT } from './chart-ink.ts';
import { axesOption, frameOf, type LineAxes } from './line-axes.ts';
import { markSeries } from './line-marks.ts';
import type { LinePicture } from './line-picture.ts';
import { lineSeries } from './line-series.ts';
import { intervalBands, meanSeries } from './mean-lines.ts';
import { runSeries } from './run-lines.ts';

const INK: Readonly<Record<Theme, { text: string; grid: string }>> = {
  light: { text: '#5c6269', grid: '#e9e9e5' },
  dark: { text: '#a0a7ae', grid: '#272b2f' },
};

/** The chart's configuration for ECharts. */
export function lineOption(picture: LinePicture, axes: LineAxes, theme: Theme): EChartsCoreOption {
  const frame = frameOf(axes);
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { ...frame, containLabel: false, outerBoundsMode: 'none' },
    ...axesOption(axes, frame, INK[theme]),
    series: seriesOf(picture, axes, theme),
  };
}

function seriesOf({ groups, runs }: LinePicture, axes: LineAxes, theme: Theme): object[] {
  const shown = groups.map((group, at) => ({ group, at })).filter(({ group }) => !group.hidden);
  const areas = shown.flatMap(({ group }) => (group.mean ? intervalBands(group, group.mean, axes, theme) : []));
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
      parts.flatMap(({ left }) => left),
      1,
      axes,
    ),
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
