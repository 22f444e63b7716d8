'use client';

import { cutMiddle } from '@whorl/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import type { Legend } from '#src/charts/chart-heading.ts';
import { FONT, INK, plainText } from '#src/charts/chart-ink.ts';
import type { Colour } from '#src/charts/colours.ts';
import { EChart, echartExports } from '#src/charts/echart.tsx';
import { labelWidth } from '#src/charts/label-width.ts';
import { type LineScale, scaleOver, tickText } from '#src/charts/line-scale.ts';
import type { FactorValue } from '#src/contract/comparison.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { type AxisScale, placeOnAxis, scaleFor } from '../model/axes.ts';
import type { ComparedRun, Quantity } from './use-runs.ts';

interface Props {
  readonly runs: readonly ComparedRun[];
  readonly quantities: readonly Quantity[];
  readonly x: Quantity;
  readonly y: Quantity;
  readonly onX: (field: string) => void;
  readonly onY: (field: string) => void;
  readonly nameOf: (quantity: Quantity) => string;
  readonly colourOf: (run: ComparedRun) => Colour;
  /** What the colours are, for a file. */
  readonly legend: Legend;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
}

interface Placed {
  readonly run: ComparedRun;
  readonly x: number;
  readonly y: number;
}

/** Runs as points between any two quantities. A rectangle drawn over them selects them. */
export function ScatterChart(props: Props) {
  const { runs, quantities, x, y, onX, onY, nameOf, colourOf, legend, selected, onSelect } = props;
  const t = useTranslations('comparison');
  const { metric } = useFormat();
  const { nameValue } = useLevelName();
  const theme = useTheme();
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [xScale, yScale] = useMemo(
    () =>
      [
        scaleFor(runs.map(({ values }) => values.get(x.field) ?? null)),
        scaleFor(runs.map(({ values }) => values.get(y.field) ?? null)),
      ] as const,
    [runs, x.field, y.field],
  );
  const placed = useMemo(
    () =>
      runs.flatMap((run, i): Placed[] => {
        const at = [
          placeOnAxis(xScale, run.values.get(x.field)),
          placeOnAxis(yScale, run.values.get(y.field)),
        ] as const;
        if (at[0] === null || at[1] === null) return [];
        return [{ run, x: at[0] + shake(xScale, i), y: at[1] + shake(yScale, i + 7) }];
      }),
    [runs, xScale, yScale, x.field, y.field],
  );
  const told = (quantity: Quantity, run: ComparedRun): string => {
    const value = run.values.get(quantity.field) ?? null;
    return typeof value === 'number' && quantity.kind === 'metric' ? metric(value) : nameValue(value);
  };
  // A value of a config is a name, however many digits it has.
  const numberOf = (quantity: Quantity, run: ComparedRun): string | number | null => {
    const value = run.values.get(quantity.field) ?? null;
    return value === null || (quantity.kind === 'metric' && typeof value === 'number') ? value : nameValue(value);
  };
  const toldNow = useRef(told);
  toldNow.current = told;

  const optionOf = useCallback(
    (theme: Theme): EChartsCoreOption => {
      const { text, grid, ground, ink } = INK[theme];
      const across = measured(
        xScale,
        placed.map((point) => point.x),
      );
      const up = measured(
        yScale,
        placed.map((point) => point.y),
      );
      // As much as the labels of the vertical axis take.
      const room = Math.max(40, ...(up?.ticks ?? []).map((tick) => Math.ceil(labelWidth(tickText(tick))) + 10));
      return {
        animation: false,
        textStyle: { fontFamily: FONT },
        grid: { left: room + 24, right: 28, top: 16, bottom: 52 },
        xAxis: axisOf(xScale, across, titleOf(nameOf(x), xScale, t('logAxis')), theme, nameValue, 32),
        yAxis: axisOf(yScale, up, titleOf(nameOf(y), yScale, t('logAxis')), theme, nameValue, room + 6, true),
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
            const lines = [
              run.name,
              `${nameOf(x)}: ${toldNow.current(x, run)}`,
              `${nameOf(y)}: ${toldNow.current(y, run)}`,
            ];
            return lines.map((line) => plainText(cutMiddle(line, 60))).join('\n');
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
    },
    [placed, xScale, yScale, x, y, selected, colourOf, nameOf, nameValue, t],
  );
  const option = useMemo(() => optionOf(theme), [optionOf, theme]);

  useBrush(chart, placed, onSelect, selected.size === 0);

  const missing = runs.length - placed.length;
  const title = t('scatterTitle', { x: nameOf(x), y: nameOf(y) });
  return (
    <ChartFrame
      title={title}
      note={missing > 0 ? <span className="text-caution">{t('notDrawn', { count: missing })}</span> : undefined}
      controls={
        <div className="flex flex-wrap items-center gap-2">
          <AxisSelect label={t('xAxis')} quantities={quantities} value={x} onChange={onX} nameOf={nameOf} />
          <AxisSelect label={t('yAxis')} quantities={quantities} value={y} onChange={onY} nameOf={nameOf} />
        </div>
      }
      exports={chart && echartExports(chart, legend, optionOf)}
      height={360}
      numbers={() => ({
        columns: [t('run'), nameOf(x), nameOf(y)],
        rows: runs.map((run) => [run.name, numberOf(x, run), numberOf(y, run)]),
      })}
    >
      <EChart option={option} onChart={setChart} message={placed.length === 0 ? t('noPoints') : null} />
    </ChartFrame>
  );
}

function AxisSelect({
  label,
  quantities,
  value,
  onChange,
  nameOf,
}: {
  readonly label: string;
  readonly quantities: readonly Quantity[];
  readonly value: Quantity;
  readonly onChange: (field: string) => void;
  readonly nameOf: (quantity: Quantity) => string;
}) {
  return (
    <label className="inline-flex min-w-0 items-center gap-1 text-small text-muted">
      {label}
      <select
        className="field w-28 min-w-0 sm:w-auto sm:max-w-[200px]"
        value={value.field}
        onChange={(event) => onChange(event.target.value)}
      >
        {quantities.map((quantity) => (
          <option key={quantity.field} value={quantity.field}>
            {nameOf(quantity)}
          </option>
        ))}
      </select>
    </label>
  );
}

const titleOf = (name: string, { kind }: AxisScale, log: string): string =>
  kind === 'log' ? `${name} (${log})` : name;

/** Runs of one place would lie upon each other: each is moved a little, always the same way. */
const shake = ({ kind }: AxisScale, i: number): number => (kind === 'places' ? (((i * 0.618_034) % 1) - 0.5) * 0.4 : 0);

/** The scale of what is measured; null where each value has a place of its own. */
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
            // The marks are at halves: between the ends of the axis, each place is in the middle of two.
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

interface BrushEnd {
  readonly areas: readonly { readonly coordRange?: readonly (readonly [number, number])[] }[];
}

/** Selects by a rectangle drawn with a mouse; fingers scroll the page instead, and select in the table. */
function useBrush(
  chart: EChartsType | null,
  placed: readonly Placed[],
  onSelect: (ids: readonly string[]) => void,
  isCleared: boolean,
): void {
  const now = useRef({ placed, onSelect });
  now.current = { placed, onSelect };
  useEffect(() => {
    if (!chart || !matchMedia('(pointer: fine)').matches) return;
    let isReady = false;
    const ready = () => {
      if (isReady) return;
      isReady = true;
      chart.dispatchAction({
        type: 'takeGlobalCursor',
        key: 'brush',
        brushOption: { brushType: 'rect', brushMode: 'single' },
      });
    };
    const ended = (event: unknown) => {
      const [area] = (event as BrushEnd).areas;
      const [across, up] = area?.coordRange ?? [];
      if (!across || !up) return now.current.onSelect([]);
      const within = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to;
      const found = now.current.placed.filter(({ x, y }) => within(x, across) && within(y, up));
      now.current.onSelect(found.map(({ run }) => run.id));
    };
    chart.on('finished', ready);
    chart.on('brushEnd', ended);
    return () => {
      if (chart.isDisposed()) return;
      chart.off('finished', ready);
      chart.off('brushEnd', ended);
    };
  }, [chart]);
  const wasCleared = useRef(true);
  useEffect(() => {
    const isNews = isCleared && !wasCleared.current;
    wasCleared.current = isCleared;
    if (isNews && chart && !chart.isDisposed()) chart.dispatchAction({ type: 'brush', areas: [] });
  }, [chart, isCleared]);
}
