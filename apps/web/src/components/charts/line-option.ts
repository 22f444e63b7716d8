import { downsample } from '@whorl/core';
import type { EChartsCoreOption } from 'echarts/core';
import type { Look } from '#src/comparison/colours.ts';
import type { Theme } from '#src/components/ui/use-theme.ts';

/** One line of a chart. */
export interface Line {
  readonly id: string;
  readonly name: string;
  readonly look: Look;
  /** A thin line is one of many, a bold one says what they have in common. */
  readonly weight: 'thin' | 'normal' | 'bold';
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface LineAxes {
  readonly x: string;
  readonly y: string;
  /** The y axis's ends where they are known beforehand. */
  readonly range?: readonly [number, number] | undefined;
  readonly logarithmic?: boolean | undefined;
}

/** What the chart takes of the language. */
export interface LineTexts {
  readonly step: (step: number) => string;
  readonly value: (value: number) => string;
}

const INK: Readonly<Record<Theme, { text: string; grid: string; ground: string; ink: string }>> = {
  light: { text: '#5c6269', grid: '#e9e9e5', ground: '#ffffff', ink: '#1a1c1f' },
  dark: { text: '#a0a7ae', grid: '#272b2f', ground: '#1b1e21', ink: '#e9eaeb' },
};

const FONT = '"Inter Variable", system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const WIDTHS = { thin: 1, normal: 1.75, bold: 2.5 } as const;
const MOST_DRAWN = 2_000;
const MOST_IN_TOOLTIP = 12;

/** The chart's configuration for ECharts. */
export function lineOption(lines: readonly Line[], axes: LineAxes, theme: Theme, texts: LineTexts): EChartsCoreOption {
  const { text, grid, ground, ink } = INK[theme];
  const told = lines.some((line) => line.weight === 'bold') ? lines.filter((line) => line.weight === 'bold') : lines;
  const axis = {
    nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
    axisLabel: { color: text, fontSize: 12, fontFamily: FONT, hideOverlap: true },
    axisTick: { show: false },
    axisLine: { show: true, lineStyle: { color: grid } },
    splitLine: { lineStyle: { color: grid } },
  };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 44, right: 12, top: 32, bottom: 44 },
    xAxis: {
      ...axis,
      type: 'value',
      min: 'dataMin',
      max: 'dataMax',
      name: axes.x,
      nameLocation: 'middle',
      nameGap: 28,
      splitLine: { show: false },
      axisLabel: { ...axis.axisLabel, formatter: (value: number) => String(value), showMaxLabel: true },
    },
    yAxis: {
      ...axis,
      type: axes.logarithmic ? 'log' : 'value',
      ...(axes.range && !axes.logarithmic
        ? { min: axes.range[0], max: axes.range[1] }
        : { scale: axes.logarithmic === true }),
      name: axes.y,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, -36] },
      axisLine: { show: false },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      renderMode: 'richText',
      backgroundColor: ground,
      borderColor: grid,
      padding: [8, 12],
      textStyle: { color: ink, fontSize: 12, fontFamily: FONT, lineHeight: 18 },
      axisPointer: { lineStyle: { color: text, type: 'solid', width: 1 } },
      formatter: (items: unknown) => tooltip(items as TooltipItem[], told, texts),
    },
    series: lines.map((line) => lineSeries(line, theme, axes.logarithmic === true)),
  };
}

function lineSeries({ id, name, look, weight, steps, values }: Line, theme: Theme, logarithmic: boolean) {
  const drawn = downsample({ steps, values }, MOST_DRAWN);
  return {
    id,
    name,
    type: 'line',
    showSymbol: drawn.length === 1,
    symbolSize: 6,
    emphasis: { disabled: true },
    z: weight === 'bold' ? 3 : 2,
    color: look.colour[theme],
    lineStyle: { width: WIDTHS[weight], type: look.stroke, opacity: weight === 'thin' ? 0.4 : 1 },
    data: drawn.map((i) => {
      const value = values[i] as number;
      const drawable = Number.isFinite(value) && (!logarithmic || value > 0);
      return [steps[i] as number, drawable ? value : '-'];
    }),
  };
}

interface TooltipItem {
  readonly seriesId: string;
  readonly seriesName: string;
  readonly value: readonly [number, number | string];
}

function tooltip(items: readonly TooltipItem[], told: readonly Line[], texts: LineTexts): string {
  const ids = new Set(told.map(({ id }) => id));
  const rows = items.filter(({ seriesId, value }) => ids.has(seriesId) && typeof value[1] === 'number');
  const [first] = rows;
  if (!first) return '';
  const shown = rows.slice(0, MOST_IN_TOOLTIP).map(({ seriesName, value }) => {
    const name = seriesName.length > 40 ? `${seriesName.slice(0, 39)}…` : seriesName;
    return `${texts.value(Number(value[1]))}   ${plain(name)}`;
  });
  return [texts.step(first.value[0]), ...shown, ...(rows.length > shown.length ? ['…'] : [])].join('\n');
}

/** Rich text reads braces as styles; a name is only a name. */
const plain = (text: string): string => text.replace(/[{}|]/g, ' ');
