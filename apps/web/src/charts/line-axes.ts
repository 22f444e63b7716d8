import { FONT } from './chart-ink.ts';
import { labelWidth } from './label-width.ts';
import { type LineScale, placeOn, tickText } from './line-scale.ts';

export interface LineAxes {
  readonly x: LineScale;
  readonly y: LineScale;
  readonly xName: string;
  readonly yName: string;
  /** How many units of the axis make one unit of its labels: 60 where seconds are labelled in minutes. */
  readonly xUnit: number;
  /** The texts of its labels, where they are no numbers. */
  readonly xText?: ((x: number) => string) | undefined;
}

/** Pixels around the picture. */
export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const LEAST_FRAME: PlotFrame = { left: 52, right: 20, top: 32, bottom: 48 };
/** Pixels between a label of the vertical axis and the axis, and between the label and the edge. */
const [LABEL_GAP, LABEL_EDGE] = [8, 6];

const labelOf = (value: number, unit: number): string => tickText(Number((value / unit).toPrecision(12)));

/** The frame around the picture: wide enough for the labels, so that none is cut. */
export function frameOf({ x, y, xUnit, xText }: Pick<LineAxes, 'x' | 'y' | 'xUnit' | 'xText'>): PlotFrame {
  const widest = Math.max(0, ...y.ticks.map((tick) => labelWidth(labelOf(tick, 1))));
  const last = x.ticks.at(-1) ?? x.from;
  const beyond = labelWidth(xText?.(last) ?? labelOf(last, xUnit)) / 2;
  return {
    ...LEAST_FRAME,
    left: Math.max(LEAST_FRAME.left, Math.ceil(widest + LABEL_GAP + LABEL_EDGE)),
    right: Math.max(LEAST_FRAME.right, Math.ceil(placeOn(x, last) > 0.9 ? beyond + LABEL_EDGE : 0)),
  };
}

/** ECharts' configuration of both axes. */
export function axesOption(axes: LineAxes, frame: PlotFrame, { text, grid }: { text: string; grid: string }) {
  const axis = {
    nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
    axisLine: { show: false, onZero: false }, // else ECharts would put the axis's name at x = 0
    minorTick: { show: false },
  };
  const ticks = (scale: LineScale, margin: number, text: (value: number) => string) => ({
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
      formatter: text,
    },
  });
  return {
    xAxis: {
      ...axis,
      ...ticks(axes.x, 13, axes.xText ?? ((value) => labelOf(value, axes.xUnit))),
      name: axes.xName,
      nameLocation: 'middle',
      nameGap: 32,
      axisLine: { show: true, onZero: false, lineStyle: { color: grid } },
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      ...ticks(axes.y, LABEL_GAP, (value) => labelOf(value, 1)),
      name: axes.yName,
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { ...axis.nameTextStyle, align: 'left', padding: [0, 0, 0, 8 - frame.left] },
      splitLine: { lineStyle: { color: grid } },
    },
  };
}
