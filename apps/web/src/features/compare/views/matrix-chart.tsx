'use client';

import { LEVEL_SEPARATOR, type NumberFormat, summaryFormat } from '@whorl/core';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChartTip } from '#src/charts/chart-tip.tsx';
import { fitText } from '#src/charts/fit-text.ts';
import { drawnEnds } from '#src/charts/resolution.ts';
import { cssOf, GRADIENT, inkOn, sequential } from '#src/charts/sequential.ts';
import type { FactorValue, MatrixAnswer } from '#src/contract/comparison.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';

interface Props {
  readonly svg: { current: SVGSVGElement | null };
  readonly matrix: MatrixAnswer;
  readonly by: readonly [string, string];
  readonly nameValue: (value: FactorValue) => string;
  readonly metric: string;
  readonly width: number;
  readonly label: string;
}

type Cell = MatrixAnswer['cells'][number];

const ROW = 64;
const GAP = 6;
const HEAD = 48;
const LEGEND = 56;
const LEAST_CELL = 104;
const MOST_CELL = 200;

export const matrixHeight = (rows: number): number => HEAD + rows * ROW + LEGEND;

/** The least width of a matrix, which may be more than there is room for. */
export function matrixWidth(columns: number, room: number): number {
  const rest = room - labelWidth(room);
  return Math.round(labelWidth(room) + columns * Math.min(MOST_CELL, Math.max(LEAST_CELL, rest / columns)));
}

const labelWidth = (room: number): number => (room >= 640 ? 180 : 88);

/**
 * A matrix of two factors. Cells are coloured by their mean; the best one, and those not distinguishable from it, have a
 * ring.
 */
export function MatrixChart({ svg, matrix, by, nameValue, metric, width: room, label }: Props) {
  const t = useTranslations('comparison');
  const { counts, interval, pSentence } = useStatisticsText();
  const gradient = useId();
  const [told, setTold] = useState<Cell | null>(null);
  const { rows, columns, cells } = matrix;
  const left = labelWidth(room);
  const width = matrixWidth(columns.length, room);
  const cellWidth = (width - left) / columns.length;
  const number = summaryFormat(cells.map(({ summary }) => summary));
  const means = cells.flatMap(({ summary }) => summary?.mean ?? []);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const [least, most] = drawnEnds(low, high);
  const shareOf = (mean: number) => (most > least ? (mean - least) / (most - least) : 0.5);
  const height = matrixHeight(rows.length);
  const byPlace = new Map(cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const placeOf = ({ row, column }: Pick<Cell, 'row' | 'column'>) => ({
    x: left + column * cellWidth,
    y: HEAD + row * ROW,
  });
  return (
    <>
      <svg ref={svg} width={width} height={height} role="img" aria-label={label} className="block text-small">
        <text x={left} y={16} style={{ fill: 'var(--color-muted)' }}>
          {fitText(by[1], width - left)}
        </text>
        <text x={0} y={40} style={{ fill: 'var(--color-muted)' }}>
          {fitText(by[0], left - 8)}
        </text>
        {columns.map((value, column) => (
          <text
            key={`${typeof value} ${value}`}
            x={left + (column + 0.5) * cellWidth}
            y={40}
            textAnchor="middle"
            fontWeight={500}
            style={{ fill: 'var(--color-ink)' }}
          >
            <title>{nameValue(value)}</title>
            {fitText(nameValue(value), cellWidth - 8)}
          </text>
        ))}
        {rows.map((value, row) => (
          <text
            key={`${typeof value} ${value}`}
            x={0}
            y={HEAD + row * ROW + ROW / 2 + 4}
            fontWeight={500}
            style={{ fill: 'var(--color-ink)' }}
          >
            <title>{nameValue(value)}</title>
            {fitText(nameValue(value), left - 16)}
          </text>
        ))}
        {rows.flatMap((_, row) =>
          columns.map((_, column) => {
            const cell = byPlace.get(`${row} ${column}`);
            const place = { ...placeOf({ row, column }), width: cellWidth };
            const key = `${row} ${column}`;
            return cell?.summary ? (
              <MeasuredCell
                key={key}
                place={place}
                cell={cell}
                summary={cell.summary}
                share={shareOf(cell.summary.mean)}
                number={number}
                onTell={setTold}
              />
            ) : (
              <EmptyCell key={key} place={place} diverged={cell?.diverged ?? 0} />
            );
          }),
        )}
        <Legend
          id={gradient}
          y={HEAD + rows.length * ROW + 20}
          left={left}
          width={Math.min(240, width - left - 8)}
          ends={means.length > 0 ? [number(least), number(most)] : null}
          title={metric}
        />
      </svg>
      {told?.summary && (
        <ChartTip x={placeOf(told).x + cellWidth / 2} y={placeOf(told).y + 8} width={room}>
          <span className="block font-medium">
            {nameValue(rows[told.row] ?? null)}
            {LEVEL_SEPARATOR}
            {nameValue(columns[told.column] ?? null)}
          </span>
          <span className="block text-muted">
            {number(told.summary.mean)} {told.summary.ci95 ? interval(told.summary.ci95, number) : ''}{' '}
            {counts({ n: told.summary.n, runs: told.runs })}
          </span>
          <span className="block text-muted">
            {t(`standings.${told.standing}`)}
            {told.pAdjusted !== null && ` (${pSentence(told.pAdjusted)})`}
          </span>
        </ChartTip>
      )}
    </>
  );
}

interface CellPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const boxOf = ({ x, y, width }: CellPlace) => ({
  x: x + GAP / 2,
  y: y + GAP / 2,
  width: width - GAP,
  height: ROW - GAP,
});

/** A cell without a mean: none of its runs has a finite value, or there are none. */
function EmptyCell({ place, diverged }: { readonly place: CellPlace; readonly diverged: number }) {
  const t = useTranslations('comparison');
  return (
    <g>
      <rect {...boxOf(place)} rx={4} strokeDasharray="3 3" style={{ fill: 'none', stroke: 'var(--color-edge)' }} />
      <text
        x={place.x + place.width / 2}
        y={place.y + ROW / 2 + 4}
        textAnchor="middle"
        style={{ fill: 'var(--color-muted)' }}
      >
        {diverged > 0 ? t('cellDiverged', { count: diverged }) : t('cellEmpty')}
      </text>
    </g>
  );
}

/** A cell with its mean and interval, and a ring where it is the best one or not distinguishable from it. */
function MeasuredCell({
  place,
  cell,
  summary,
  share,
  number,
  onTell,
}: {
  readonly place: CellPlace;
  readonly cell: Cell;
  readonly summary: NonNullable<Cell['summary']>;
  /** The mean as a share of the colour scale. */
  readonly share: number;
  readonly number: NumberFormat;
  readonly onTell: (cell: Cell | null) => void;
}) {
  const { interval } = useStatisticsText();
  const { x, y, width } = place;
  const { mean, ci95, n } = summary;
  const middle = x + width / 2;
  const colour = sequential(share);
  const ink = inkOn(colour);
  const isMarked = cell.standing === 'best' || cell.standing === 'tied';
  return (
    <g data-standing={cell.standing} onPointerEnter={() => onTell(cell)} onPointerLeave={() => onTell(null)}>
      {isMarked && (
        <rect
          x={x + 1}
          y={y + 1}
          width={width - 2}
          height={ROW - 2}
          rx={6}
          strokeWidth={2}
          strokeDasharray={cell.standing === 'best' ? undefined : '4 3'}
          style={{ fill: 'none', stroke: 'var(--color-ink)' }}
        />
      )}
      <rect {...boxOf(place)} rx={4} style={{ fill: cssOf(colour) }} />
      <text x={middle} y={y + 29} textAnchor="middle" fontWeight={600} style={{ fill: ink }}>
        {number(mean)}
      </text>
      <text x={middle} y={y + 47} textAnchor="middle" style={{ fill: ink }} fontSize={11}>
        {width >= 150 && ci95
          ? `${interval(ci95, number)} n=${n}`
          : ci95
            ? `±${number((ci95[1] - ci95[0]) / 2)} n=${n}`
            : `n=${n}`}
      </text>
    </g>
  );
}

function Legend({
  id,
  y,
  left,
  width,
  ends,
  title,
}: {
  readonly id: string;
  readonly y: number;
  readonly left: number;
  readonly width: number;
  readonly ends: readonly [string, string] | null;
  readonly title: string;
}) {
  if (!ends) return null;
  return (
    <g>
      <defs>
        <linearGradient id={id}>
          {GRADIENT.map(({ offset, colour }) => (
            <stop key={offset} offset={offset} stopColor={colour} />
          ))}
        </linearGradient>
      </defs>
      <text x={0} y={y + 8} style={{ fill: 'var(--color-muted)' }}>
        {fitText(title, left - 8)}
      </text>
      <rect x={left} y={y} width={width} height={8} rx={2} style={{ fill: `url(#${id})` }} />
      <text x={left} y={y + 26} style={{ fill: 'var(--color-muted)' }}>
        {ends[0]}
      </text>
      <text x={left + width} y={y + 26} textAnchor="end" style={{ fill: 'var(--color-muted)' }}>
        {ends[1]}
      </text>
    </g>
  );
}
