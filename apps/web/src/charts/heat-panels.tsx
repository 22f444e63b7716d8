'use client';

import { type PointerEvent, useId, useMemo, useState } from 'react';
import { ChartTip } from './chart-tip.tsx';
import { fitText } from './fit-text.ts';
import type { Look } from './looks.ts';
import { cssOf, GRADIENT, sequential } from './sequential.ts';

/** One heat map. */
export interface HeatPanel {
  readonly key: string;
  readonly title: string;
  readonly look?: Look | undefined;
  readonly rows: number;
  readonly columns: number;
  /**
   * The value of a cell as a share of the scale, row 0 on top; null where nothing was measured, NaN for a value that is not
   * a number.
   */
  readonly share: (row: number, column: number) => number | null;
  /** The lines of the tooltip for a cell. */
  readonly tell: (row: number, column: number) => readonly string[];
  /** Marks along the axes, in rows or columns from the upper left corner. */
  readonly xTicks: readonly { readonly at: number; readonly text: string }[];
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
}

interface Props {
  readonly svg: { current: SVGSVGElement | null };
  readonly panels: readonly HeatPanel[];
  readonly width: number;
  readonly label: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly legend: {
    readonly title: string;
    readonly ticks: readonly { readonly share: number; readonly text: string }[];
  };
}

/** The cell under the pointer, and where it lies in the whole drawing. */
interface PointedCell {
  readonly panel: HeatPanel;
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

const LEFT = 48;
const RIGHT = 16;
const TITLE = 28;
/** The height of a picture: a map of one layer is a band, and one of many layers grows only up to a limit. */
const [LEAST_PICTURE, MOST_PICTURE, ROW] = [64, 136, 24];
const BELOW = 48;
const LEGEND = 56;
const LEAST_WIDTH = 300;

const columnsAt = (width: number, panels: number): number =>
  Math.max(1, Math.min(3, panels, Math.floor(width / LEAST_WIDTH)));

const pictureHeight = (rows: number): number => Math.min(MOST_PICTURE, Math.max(LEAST_PICTURE, rows * ROW));
const panelHeight = (rows: number): number => TITLE + pictureHeight(rows) + BELOW;

/** The height of some panels of some rows at a width. */
export const heatPanelsHeight = (panels: number, rows: number, width: number): number =>
  Math.ceil(panels / columnsAt(width, panels)) * panelHeight(rows) + LEGEND;

/** Heat maps with a common scale, arranged in a grid. */
export function HeatPanels({ svg, panels, width, label, xTitle, yTitle, legend }: Props) {
  const gradient = useId();
  const [told, setTold] = useState<PointedCell | null>(null);
  const across = columnsAt(width, panels.length);
  const panelWidth = Math.floor(width / across);
  const inner = Math.max(0, panelWidth - LEFT - RIGHT); // the width is 0 before the page is laid out
  const rows = Math.max(1, ...panels.map((panel) => panel.rows));
  const [picture, panelSize] = [pictureHeight(rows), panelHeight(rows)];
  const height = heatPanelsHeight(panels.length, rows, width);
  const legendTop = height - LEGEND + 12;
  const legendWidth = Math.max(0, Math.min(280, width - LEFT - RIGHT));
  return (
    <>
      <svg ref={svg} width={width} height={height} role="img" aria-label={label} className="block text-small">
        <defs>
          <linearGradient id={gradient}>
            {GRADIENT.map(({ offset, colour }) => (
              <stop key={offset} offset={offset} stopColor={colour} />
            ))}
          </linearGradient>
        </defs>
        {panels.map((panel, i) => (
          <Panel
            key={panel.key}
            panel={panel}
            left={(i % across) * panelWidth}
            top={Math.floor(i / across) * panelSize}
            width={inner}
            height={picture}
            xTitle={xTitle}
            yTitle={yTitle}
            onTell={setTold}
          />
        ))}
        <g transform={`translate(${LEFT} ${legendTop})`}>
          <text x={0} y={0} style={{ fill: 'var(--color-muted)' }}>
            {legend.title}
          </text>
          <rect x={0} y={8} width={legendWidth} height={8} rx={2} style={{ fill: `url(#${gradient})` }} />
          {legend.ticks.map(({ share, text }, i) => (
            <text
              key={text}
              x={share * legendWidth}
              y={34}
              textAnchor={i === 0 ? 'start' : i === legend.ticks.length - 1 ? 'end' : 'middle'}
              style={{ fill: 'var(--color-muted)' }}
            >
              {text}
            </text>
          ))}
        </g>
      </svg>
      {told && (
        <ChartTip x={told.x} y={told.y} width={width}>
          {told.panel.tell(told.row, told.column).map((line, i) => (
            <span key={line} className={i === 0 ? 'block font-medium' : 'block text-muted'}>
              {line}
            </span>
          ))}
        </ChartTip>
      )}
    </>
  );
}

interface PanelProps extends Pick<Props, 'xTitle' | 'yTitle'> {
  readonly panel: HeatPanel;
  /** The upper left corner of the panel. */
  readonly left: number;
  readonly top: number;
  /** The size of its picture. */
  readonly width: number;
  readonly height: number;
  readonly onTell: (cell: PointedCell | null) => void;
}

/** One heat map with its title and axes. */
function Panel({ panel, left, top, width, height, xTitle, yTitle, onTell }: PanelProps) {
  const point = (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * panel.columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * panel.rows);
    if (column < 0 || row < 0 || column >= panel.columns || row >= panel.rows) return onTell(null);
    onTell({
      panel,
      row,
      column,
      x: left + LEFT + ((column + 0.5) / panel.columns) * width,
      y: top + TITLE + (row / panel.rows) * height,
    });
  };
  return (
    <g transform={`translate(${left} ${top})`} data-panel={panel.title}>
      {panel.look && (
        <circle
          cx={LEFT + 4}
          cy={13}
          r={4}
          style={{ fill: `light-dark(${panel.look.colour.light}, ${panel.look.colour.dark})` }}
        />
      )}
      <text x={LEFT + (panel.look ? 14 : 0)} y={18} fontWeight={500} style={{ fill: 'var(--color-ink)' }}>
        <title>{panel.title}</title>
        {fitText(panel.title, width - 16)}
      </text>
      <Picture panel={panel} width={width} height={height} />
      <rect
        x={LEFT}
        y={TITLE}
        width={width}
        height={height}
        style={{ fill: 'transparent', stroke: 'var(--color-line)' }}
        onPointerMove={point}
        onPointerLeave={() => onTell(null)}
      />
      {panel.yTicks.map(({ at, text }) => (
        <text
          key={text}
          x={LEFT - 6}
          y={TITLE + (at / panel.rows) * height + 4}
          textAnchor="end"
          style={{ fill: 'var(--color-muted)' }}
        >
          {text}
        </text>
      ))}
      {panel.xTicks.map(({ at, text }, n) => (
        <text
          key={text}
          x={LEFT + (at / panel.columns) * width}
          y={TITLE + height + 18}
          textAnchor={n === 0 ? 'start' : n === panel.xTicks.length - 1 ? 'end' : 'middle'}
          style={{ fill: 'var(--color-muted)' }}
        >
          {text}
        </text>
      ))}
      <text x={LEFT + width / 2} y={TITLE + height + 36} textAnchor="middle" style={{ fill: 'var(--color-muted)' }}>
        {xTitle}
      </text>
      <text
        transform={`translate(12 ${TITLE + height / 2}) rotate(-90)`}
        textAnchor="middle"
        style={{ fill: 'var(--color-muted)' }}
      >
        {yTitle}
      </text>
    </g>
  );
}

/** The cells as one small image that is scaled up: thousands of rectangles look the same and are slow. */
function Picture({
  panel,
  width,
  height,
}: {
  readonly panel: HeatPanel;
  readonly width: number;
  readonly height: number;
}) {
  const url = useMemo(() => pictureOf(panel), [panel]);
  if (!url) return null;
  return (
    <image
      href={url}
      x={LEFT}
      y={TITLE}
      width={width}
      height={height}
      preserveAspectRatio="none"
      style={{ imageRendering: 'pixelated' }}
    />
  );
}

function pictureOf({ rows, columns, share }: HeatPanel): string | null {
  if (typeof document === 'undefined' || rows === 0 || columns === 0) return null;
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (!context) return null;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = share(row, column);
      if (value === null) continue;
      context.fillStyle = Number.isNaN(value) ? NOT_A_NUMBER : cssOf(sequential(value));
      context.fillRect(column, row, 1, 1);
    }
  }
  return canvas.toDataURL();
}

/** The colour of values that are not numbers. */
const NOT_A_NUMBER = '#d0342c';
