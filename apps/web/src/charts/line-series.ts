import { FONT } from './chart-ink.ts';
import type { LineAxes } from './line-axes.ts';
import { tickText } from './line-scale.ts';

// ECharts' configuration of lines, dots and rings, whatever they stand for.

/** A line as ECharts draws it: the coordinates of its points, and the area of the picture. */
export interface LineShape {
  readonly line: {
    /** x and y in turn, from 0 to 1 within the picture. A gap where one is NaN. */
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

/** The name under which line-shape.ts registers the shape. */
export const LINE_SHAPE = 'whorl-line';

/** A line and how it is drawn. */
export interface DrawnLine {
  /** Across and up, 0 to 1 inside of the picture; a gap where one is NaN. */
  readonly places: Float64Array;
  readonly style: object;
}

interface RenderParams {
  readonly dataIndex: number;
  readonly coordSys: Area;
}

/** Lines as one series: ECharts needs much time for each series. `z` decides what is on top. */
export function lineSeries(lines: readonly DrawnLine[], z: number, { x, y }: LineAxes): object[] {
  if (lines.length === 0) return [];
  const renderItem = ({ dataIndex, coordSys: { x, y, width, height } }: RenderParams) => {
    const { places, style } = lines[dataIndex] as DrawnLine;
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

/** Points without a line. Where there are very few, their values are written beside them. */
export const dotSeries = (
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

/** Rings mark where a mean continues with other runs. */
export const ringSeries = (data: readonly (readonly [number, number])[], color: string): object[] =>
  data.length === 0
    ? []
    : [
        {
          type: 'scatter',
          z: 6,
          silent: true,
          animation: false,
          // ECharts fills its "emptyCircle" with white, even on dark pages.
          symbol: 'circle',
          symbolSize: 8,
          itemStyle: { color: 'transparent', borderColor: color, borderWidth: 1.5 },
          data,
        },
      ];
