import { FONT } from './chart-ink.ts';
import type { LineAxes } from './line-axes.ts';
import { tickText } from './line-scale.ts';

// What ECharts is told to draw of lines, dots and rings, whatever they stand for.

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
export interface DrawnLine {
  /** Across and up, 0 to 1 inside of the picture; a gap where one is NaN. */
  readonly places: Float64Array;
  readonly style: object;
}

interface RenderParams {
  readonly dataIndex: number;
  readonly coordSys: Area;
}

/** Lines on top of what has a smaller z. One series has them all: ECharts takes its time over each. */
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

/** Points without a line. So few that nothing else is there have their values beside them. */
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

/** Rings: the places at which a mean becomes one of other runs. */
export const ringSeries = (data: readonly (readonly [number, number])[], color: string): object[] =>
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
