'use client';

import { summaryFormat } from '@whorl/core';
import { type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { ChartTip } from '#src/charts/chart-tip.tsx';
import { swarm } from '#src/charts/dot-layout.ts';
import { fitText } from '#src/charts/fit-text.ts';
import { anchorWithin, labelWidth } from '#src/charts/label-width.ts';
import { tickText } from '#src/charts/line-scale.ts';
import type { Look } from '#src/charts/looks.ts';
import type { LevelAnswer } from '#src/contract/comparison.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { dotScale } from '../model/dot-scale.ts';

interface Props {
  readonly svg: { current: SVGSVGElement | null };
  readonly levels: readonly LevelAnswer[];
  /** What stands above some of the levels, by their keys. */
  readonly heads?: ReadonlyMap<string, string>;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  readonly axis: string;
  readonly logarithmic: boolean;
  readonly width: number;
  readonly label: string;
}

const RADIUS = 4;
const AXIS = 44;
const EDGE = 56;
/** Beyond this, dots are a picture, and the runs are in the table. */
const MOST_LINKED = 2_000;

const rowHeightOf = (width: number): number => (width >= 640 ? 48 : 84);

const HEAD = 32;

/** How high the chart of so many levels is at a width, with so many heads above them. */
export const dotChartHeight = (levels: number, width: number, heads = 0): number =>
  levels * rowHeightOf(width) + heads * HEAD + AXIS;

const NONE: ReadonlyMap<string, string> = new Map();

interface Dot {
  readonly id: string;
  readonly name: string;
  readonly seed: number | null;
  readonly value: number;
  readonly level: number;
  readonly x: number;
  readonly y: number;
}

/** A row a level: every run as a dot, the mean and its interval below them. */
export function DotChart({ svg, levels, heads = NONE, looks, nameOf, axis, logarithmic, width, label }: Props) {
  const t = useTranslations('comparison');
  const metric = useMemo(() => summaryFormat(levels.map(({ summary }) => summary)), [levels]);
  const { counts, interval } = useStatisticsText();
  const { runHref } = useReach();
  const [current, setCurrent] = useState(0);
  const [told, setTold] = useState<number | null>(null);
  const group = useRef<SVGGElement>(null);

  const isWide = width >= 640;
  const rowHeight = rowHeightOf(width);
  const left = isWide ? Math.min(260, Math.round(width * 0.28)) : 0;
  const hasEdge = levels.some(({ diverged }) => diverged > 0);
  const [from, to] = [left + RADIUS + 4, width - RADIUS - 12 - (hasEdge ? EDGE : 0)];
  const scale = useMemo(() => dotScale(levels, logarithmic, from, to), [levels, logarithmic, from, to]);
  const tops = useMemo(() => {
    let headed = 0;
    return levels.map(({ level }, row) => {
      if (heads.has(level)) headed += 1;
      return row * rowHeight + headed * HEAD;
    });
  }, [levels, heads, rowHeight]);
  const topOf = (row: number): number => tops[row] ?? 0;
  const dots = useMemo(() => {
    const middle = (row: number) => (tops[row] ?? 0) + (isWide ? 20 : 52);
    const placed = levels.flatMap(({ runs }, level): Dot[] => {
      const xs = runs.values.map((value) => (Number.isFinite(value) ? scale.at(value) : to + EDGE / 2 + 4));
      const offsets = swarm(xs, 2 * RADIUS - 1, 10);
      return runs.ids.map((id, i) => ({
        id,
        name: runs.names[i] ?? id,
        seed: runs.seeds[i] ?? null,
        value: runs.values[i] as number,
        level,
        x: xs[i] as number,
        y: middle(level) + (offsets[i] as number),
      }));
    });
    return placed.sort((a, b) => a.level - b.level || a.x - b.x);
  }, [levels, scale, tops, isWide, to]);
  const isLinked = dots.length <= MOST_LINKED;
  const height = dotChartHeight(levels.length, width, heads.size);
  const ticks = scale.ticks;
  const tip = told === null ? undefined : dots[told];

  const move = (event: KeyboardEvent) => {
    const dot = dots[current];
    const next = dot && moved(event.key, dots, current, dot);
    if (next === undefined || next === null) return;
    event.preventDefault();
    setCurrent(next);
    group.current?.querySelector<SVGAElement>(`[data-dot="${next}"]`)?.focus();
  };
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setTold(null);
  };

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with links in it is no set of fields */}
      <svg ref={svg} width={width} height={height} role="group" aria-label={label} className="block text-small">
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={scale.at(tick)}
              x2={scale.at(tick)}
              y1={0}
              y2={height - AXIS}
              style={{ stroke: 'var(--color-line)' }}
            />
            <text
              x={scale.at(tick)}
              y={height - AXIS + 18}
              textAnchor={anchorWithin(scale.at(tick), labelWidth(tickText(tick)), width)}
              style={{ fill: 'var(--color-muted)' }}
            >
              {tickText(tick)}
            </text>
          </g>
        ))}
        <text x={(from + to) / 2} y={height - 6} textAnchor="middle" style={{ fill: 'var(--color-muted)' }}>
          {axis}
        </text>
        {hasEdge && (
          <g>
            <line
              x1={to + 12}
              x2={to + 12}
              y1={0}
              y2={height - AXIS}
              strokeDasharray="2 3"
              style={{ stroke: 'var(--color-edge)' }}
            />
            <text
              x={to + EDGE / 2 + 4}
              y={height - AXIS + 18}
              textAnchor="middle"
              style={{ fill: 'var(--color-caution)' }}
            >
              NaN, ∞
            </text>
          </g>
        )}
        {levels.map((level, row) => (
          <LevelRow
            key={level.level}
            name={nameOf(level)}
            numbers={
              level.summary
                ? `${metric(level.summary.mean)} ${level.summary.ci95 ? interval(level.summary.ci95, metric) : ''} ${counts({ n: level.summary.n, runs: level.finite })}`
                : t('noFinite')
            }
            top={topOf(row)}
            head={heads.get(level.level)}
            isWide={isWide}
            width={isWide ? left - 16 : width}
          />
        ))}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows move among the links inside of it */}
        <g ref={group} onKeyDown={move} onBlur={leave} onPointerLeave={() => setTold(null)}>
          {isLinked
            ? dots.map((dot, i) => {
                const colour = looks.get(levels[dot.level]?.level ?? '')?.colour;
                return (
                  <a
                    key={dot.id}
                    href={runHref(dot.id)}
                    data-dot={i}
                    data-run={dot.id}
                    tabIndex={i === Math.min(current, dots.length - 1) ? 0 : -1}
                    aria-label={t('dot', {
                      run: dot.name,
                      level: levels[dot.level] ? nameOf(levels[dot.level] as LevelAnswer) : '',
                      value: metric(dot.value),
                    })}
                    onFocus={() => {
                      setCurrent(i);
                      setTold(i);
                    }}
                    onPointerEnter={() => setTold(i)}
                  >
                    <circle cx={dot.x} cy={dot.y} r={RADIUS + 4} fill="transparent" stroke="none" />
                    <DotMark dot={dot} colour={colour} isTold={told === i} />
                  </a>
                );
              })
            : levels.map(({ level }, row) => (
                <path
                  key={level}
                  d={dots
                    .filter((dot) => dot.level === row)
                    .map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`)
                    .join('')}
                  strokeWidth={2 * RADIUS - 2}
                  strokeLinecap="round"
                  opacity={0.5}
                  style={{ stroke: ink(looks.get(level)?.colour), fill: 'none' }}
                />
              ))}
        </g>
        {levels.map(({ level, summary }, row) =>
          summary ? (
            <MeanMark
              key={level}
              mean={scale.at(summary.mean)}
              ends={summary.ci95 && [scale.at(summary.ci95[0]), scale.at(summary.ci95[1])]}
              y={topOf(row) + (isWide ? 38 : 70)}
            />
          ) : null,
        )}
      </svg>
      {tip && (
        <ChartTip x={tip.x} y={tip.y} width={width}>
          <span className="block font-medium">{tip.name}</span>
          <span className="block text-muted">
            {tip.seed === null ? '' : `${t('seed', { seed: String(tip.seed) })} · `}
            {metric(tip.value)}
          </span>
        </ChartTip>
      )}
    </>
  );
}

const ink = (colour: Look['colour'] | undefined): string =>
  colour ? `light-dark(${colour.light}, ${colour.dark})` : 'var(--color-ink)';

function DotMark({
  dot: { x, y, value },
  colour,
  isTold,
}: {
  readonly dot: Dot;
  readonly colour: Look['colour'] | undefined;
  readonly isTold: boolean;
}) {
  const stroke = isTold ? 'var(--color-ink)' : 'var(--color-ground)';
  if (!Number.isFinite(value)) {
    const r = RADIUS;
    return (
      <path
        d={`M${x - r} ${y - r}l${2 * r} ${2 * r}M${x + r} ${y - r}l${-2 * r} ${2 * r}`}
        strokeWidth={2}
        style={{ stroke: isTold ? 'var(--color-ink)' : ink(colour), fill: 'none' }}
      />
    );
  }
  return <circle cx={x} cy={y} r={RADIUS} strokeWidth={isTold ? 2 : 0.75} style={{ fill: ink(colour), stroke }} />;
}

/** Lines of the axis pass behind the words. */
const HALO = { paintOrder: 'stroke', stroke: 'var(--color-ground)', strokeWidth: 4 } as const;

function LevelRow({
  name,
  numbers,
  top,
  head,
  isWide,
  width,
}: {
  readonly name: string;
  readonly numbers: string;
  readonly top: number;
  readonly head: string | undefined;
  readonly isWide: boolean;
  readonly width: number;
}) {
  return (
    <g>
      <title>{name}</title>
      {head !== undefined && (
        <text x={0} y={top - 6} style={{ fill: 'var(--color-muted)', ...HALO }}>
          {fitText(head, 2 * width)}
        </text>
      )}
      <text x={0} y={top + (isWide ? 20 : 16)} style={{ fill: 'var(--color-ink)', ...HALO }} fontWeight={500}>
        {fitText(name, width)}
      </text>
      <text x={0} y={top + (isWide ? 38 : 34)} style={{ fill: 'var(--color-muted)', ...HALO }}>
        {numbers}
      </text>
    </g>
  );
}

/** The mean as a diamond, its interval as a line with ends. */
function MeanMark({
  mean,
  ends,
  y,
}: {
  readonly mean: number;
  readonly ends: readonly [number, number] | null;
  readonly y: number;
}) {
  const style = { stroke: 'var(--color-ink)', fill: 'var(--color-ink)' };
  return (
    <g style={style} strokeWidth={1.5}>
      {ends && (
        <path
          d={`M${ends[0]} ${y}H${ends[1]}M${ends[0]} ${y - 4}v8M${ends[1]} ${y - 4}v8`}
          style={{ ...style, fill: 'none' }}
        />
      )}
      <path d={`M${mean} ${y - 5}l4 5l-4 5l-4 -5z`} style={{ ...style, stroke: 'none' }} />
    </g>
  );
}

/** The dot that an arrow leads to; null for another key. */
function moved(key: string, dots: readonly Dot[], at: number, { level, x }: Dot): number | null {
  if (key === 'ArrowRight') return Math.min(dots.length - 1, at + 1);
  if (key === 'ArrowLeft') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return dots.length - 1;
  const row = key === 'ArrowDown' ? level + 1 : key === 'ArrowUp' ? level - 1 : null;
  if (row === null) return null;
  let nearest: number | null = null;
  for (const [i, dot] of dots.entries()) {
    if (dot.level !== row) continue;
    if (nearest === null || Math.abs(dot.x - x) < Math.abs((dots[nearest] as Dot).x - x)) nearest = i;
  }
  return nearest ?? at;
}
