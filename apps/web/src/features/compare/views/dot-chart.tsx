'use client';

import { summaryFormat } from '@whorl/core';
import { type FocusEvent, type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { ChartTip } from '#src/charts/chart-tip.tsx';
import type { Look } from '#src/charts/looks.ts';
import type { LevelAnswer } from '#src/contract/comparison.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { type Dot, dotAfter, dotFrame, placeDots, RADIUS } from '../model/dot-places.ts';
import { DotAxis, DotMark, inkOf, LevelRow, MeanMark } from './dot-marks.tsx';

interface Props {
  readonly svg: { current: SVGSVGElement | null };
  readonly levels: readonly LevelAnswer[];
  /** Headings above some of the levels, by key. */
  readonly heads?: ReadonlyMap<string, string>;
  readonly looks: ReadonlyMap<string, Look>;
  readonly nameOf: (level: LevelAnswer) => string;
  readonly axis: string;
  readonly logarithmic: boolean;
  readonly width: number;
  readonly label: string;
}

/** With more runs than this, dots are not links; the table below has the runs. */
const MOST_LINKED = 2_000;

const NONE: ReadonlyMap<string, string> = new Map();

/** A row for each level: every run as a dot, the mean and its interval below. */
export function DotChart({ svg, levels, heads = NONE, looks, nameOf, axis, logarithmic, width, label }: Props) {
  const t = useTranslations('comparison');
  const metric = useMemo(() => summaryFormat(levels.map(({ summary }) => summary)), [levels]);
  const { counts, interval } = useStatisticsText();
  const [told, setTold] = useState<string | null>(null);
  const frame = useMemo(() => dotFrame(levels, heads, width, logarithmic), [levels, heads, width, logarithmic]);
  const dots = useMemo(() => placeDots(levels, frame), [levels, frame]);
  const { scale, isWide } = frame;
  const tip = told === null ? undefined : dots.find(({ id }) => id === told);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a picture with links in it is no set of fields */}
      <svg ref={svg} width={width} height={frame.height} role="group" aria-label={label} className="block text-small">
        <DotAxis frame={frame} axis={axis} width={width} />
        {levels.map((level, row) => (
          <LevelRow
            key={level.level}
            name={nameOf(level)}
            numbers={
              level.summary
                ? `${metric(level.summary.mean)} ${level.summary.ci95 ? interval(level.summary.ci95, metric) : ''} ${counts({ n: level.summary.n, runs: level.finite })}`
                : t('noFinite')
            }
            top={frame.tops[row] ?? 0}
            head={heads.get(level.level)}
            isWide={isWide}
            width={frame.nameWidth}
          />
        ))}
        {dots.length <= MOST_LINKED ? (
          <LinkedDots {...{ dots, levels, looks, nameOf, metric }} told={told} onTell={setTold} />
        ) : (
          levels.map(({ level }, row) => (
            <path
              key={level}
              d={dots
                .filter((dot) => dot.level === row)
                .map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`)
                .join('')}
              strokeWidth={2 * RADIUS - 2}
              strokeLinecap="round"
              opacity={0.5}
              style={{ stroke: inkOf(looks.get(level)?.colour), fill: 'none' }}
            />
          ))
        )}
        {levels.map(({ level, summary }, row) =>
          summary ? (
            <MeanMark
              key={level}
              mean={scale.at(summary.mean)}
              ends={summary.ci95 && [scale.at(summary.ci95[0]), scale.at(summary.ci95[1])]}
              y={frame.meanAt(row)}
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

interface DotsProps extends Pick<Props, 'levels' | 'looks' | 'nameOf'> {
  readonly dots: readonly Dot[];
  readonly metric: (value: number) => string;
  /** The run whose tooltip is shown. */
  readonly told: string | null;
  readonly onTell: (run: string | null) => void;
}

/** Dots that link to their runs. The Tab key stops at one of them, from which arrow keys lead to the others. */
function LinkedDots({ dots, levels, looks, nameOf, metric, told, onTell }: DotsProps) {
  const t = useTranslations('comparison');
  const { runHref } = useReach();
  const [current, setCurrent] = useState(0);
  const group = useRef<SVGGElement>(null);
  const move = (event: KeyboardEvent) => {
    const next = dotAfter(event.key, dots, current);
    if (next === null) return;
    event.preventDefault();
    setCurrent(next);
    group.current?.querySelector<SVGAElement>(`[data-dot="${next}"]`)?.focus();
  };
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) onTell(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move among the links inside of it
    <g ref={group} onKeyDown={move} onBlur={leave} onPointerLeave={() => onTell(null)}>
      {dots.map((dot, i) => {
        const level = levels[dot.level];
        return (
          <a
            key={dot.id}
            href={runHref(dot.id)}
            data-dot={i}
            data-run={dot.id}
            tabIndex={i === Math.min(current, dots.length - 1) ? 0 : -1}
            aria-label={t('dot', { run: dot.name, level: level ? nameOf(level) : '', value: metric(dot.value) })}
            onFocus={() => {
              setCurrent(i);
              onTell(dot.id);
            }}
            onPointerEnter={() => onTell(dot.id)}
          >
            <circle cx={dot.x} cy={dot.y} r={RADIUS + 4} fill="transparent" stroke="none" />
            <DotMark dot={dot} colour={looks.get(level?.level ?? '')?.colour} isTold={told === dot.id} />
          </a>
        );
      })}
    </g>
  );
}
