'use client';

import { cutMiddle } from '@whorl/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import type { Legend } from '#src/charts/chart-heading.ts';
import { FONT, INK } from '#src/charts/chart-ink.ts';
import type { Colour } from '#src/charts/colours.ts';
import { EChart, echartExports } from '#src/charts/echart.tsx';
import { scaleOver, tickText } from '#src/charts/line-scale.ts';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { Scroller } from '#src/ui/scroller.tsx';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { placeOnAxis, scaleFor } from '../model/axes.ts';
import type { ComparedRun, Quantity } from './use-runs.ts';

interface Props {
  readonly runs: readonly ComparedRun[];
  readonly quantities: readonly Quantity[];
  readonly nameOf: (quantity: Quantity) => string;
  readonly colourOf: (run: ComparedRun) => Colour;
  /** What the colours stand for, for a file. */
  readonly legend: Legend;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
}

/** The background of the page, drawn behind labels so that lines do not cross them. */
const GROUNDS = { light: '#fcfcfb', dark: '#131517' } as const;
const LEAST_GAP = 112;

/** Runs as lines across axes for everything that varies and was measured. Strokes along axes select runs. */
export function ParallelChart({ runs, quantities, nameOf, colourOf, legend, selected, onSelect }: Props) {
  const t = useTranslations('comparison');
  const { nameValue } = useLevelName();
  const theme = useTheme();
  const [chart, setChart] = useState<EChartsType | null>(null);
  const scales = useMemo(
    () => quantities.map(({ field }) => scaleFor(runs.map(({ values }) => values.get(field) ?? null))),
    [runs, quantities],
  );
  const optionOf = useCallback(
    (theme: Theme) => parallelOption({ runs, quantities, scales, selected, colourOf, nameOf, nameValue }, theme),
    [runs, quantities, scales, selected, colourOf, nameOf, nameValue],
  );
  const option = useMemo(() => optionOf(theme), [optionOf, theme]);
  useAxisBrush(chart, runs, quantities.length, onSelect, selected.size === 0);
  const title = t('parallelTitle');
  const least = LEAST_GAP * Math.max(1, quantities.length - 1) + 128;
  return (
    <ChartFrame
      title={title}
      note={t('parallelNote')}
      exports={chart && echartExports(chart, legend, optionOf)}
      height={336}
      numbers={() => ({
        columns: [t('run'), ...quantities.map(nameOf)],
        rows: runs.map((run) => [
          run.name,
          // Values of a config are names, so they are written with all digits.
          ...quantities.map(({ field, kind }) => {
            const value = run.values.get(field) ?? null;
            return value === null || (kind === 'metric' && typeof value === 'number') ? value : nameValue(value);
          }),
        ]),
      })}
    >
      <Scroller label={title}>
        <div className="relative h-[320px]" style={{ minWidth: least }}>
          <EChart key={quantities.map(({ field }) => field).join('\n')} option={option} onChart={setChart} />
        </div>
      </Scroller>
    </ChartFrame>
  );
}

interface Drawn extends Pick<Props, 'runs' | 'quantities' | 'selected' | 'colourOf' | 'nameOf'> {
  /** The scale of each quantity. */
  readonly scales: readonly ReturnType<typeof scaleFor>[];
  readonly nameValue: ReturnType<typeof useLevelName>['nameValue'];
}

/** What ECharts draws: an axis for each quantity, and a line for each run. */
function parallelOption(
  { runs, quantities, scales, selected, colourOf, nameOf, nameValue }: Drawn,
  theme: Theme,
): EChartsCoreOption {
  const { text, grid, accent } = INK[theme];
  const ground = GROUNDS[theme];
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    parallel: {
      left: 56,
      right: 72,
      top: 40,
      bottom: 20,
      parallelAxisDefault: {
        nameGap: 16,
        nameTextStyle: { color: text, fontSize: 12, fontFamily: FONT },
        nameTruncate: { maxWidth: 104 },
        axisLine: { lineStyle: { color: text } },
        axisTick: { show: false },
        z: 10,
        axisLabel: {
          color: text,
          fontSize: 12,
          fontFamily: FONT,
          backgroundColor: ground,
          padding: [1, 3],
          borderRadius: 2,
        },
        areaSelectStyle: { width: 14, borderWidth: 1, borderColor: accent, color: accent, opacity: 0.25 },
      },
    },
    parallelAxis: quantities.map((quantity, dim) => {
      const scale = scales[dim];
      const name = nameOf(quantity);
      if (scale?.kind === 'places') {
        const data = scale.values.map((value) => cutMiddle(nameValue(value), 12));
        return { dim, name, type: 'category', data };
      }
      const isLog = scale?.kind === 'log';
      const values = runs.flatMap(({ values }) => values.get(quantity.field) ?? []);
      const { from, to, ticks } = scaleOver(
        values.filter((value) => typeof value === 'number'),
        isLog,
      );
      return {
        dim,
        name,
        type: isLog ? 'log' : 'value',
        min: from,
        max: to,
        axisLabel: { formatter: tickText, customValues: [...ticks] },
      };
    }),
    series: [
      {
        id: 'runs',
        type: 'parallel',
        lineStyle: { width: 1 },
        inactiveOpacity: 0.06,
        activeOpacity: 0.8,
        progressive: 1000,
        data: runs.map((run) => ({
          value: quantities.map(({ field }, i) => {
            const scale = scales[i];
            return (scale && placeOnAxis(scale, run.values.get(field))) ?? '-';
          }),
          lineStyle: {
            color: colourOf(run)[theme],
            width: selected.has(run.id) ? 2 : 1,
            opacity: selected.size === 0 ? 0.6 : selected.has(run.id) ? 0.9 : 0.06,
          },
        })),
      },
    ],
    color: [grid],
  };
}

interface ParallelModel {
  getModel(): {
    getSeriesByIndex(index: number): { getRawIndicesByActiveState(state: 'active'): number[] } | undefined;
  };
}

/** Selects by strokes along the axes. */
function useAxisBrush(
  chart: EChartsType | null,
  runs: readonly ComparedRun[],
  axes: number,
  onSelect: (ids: readonly string[]) => void,
  isCleared: boolean,
): void {
  const now = useRef({ runs, onSelect });
  now.current = { runs, onSelect };
  const isClearing = useRef(false);
  const wasCleared = useRef(true);
  useEffect(() => {
    if (!chart) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const brushed = () => {
      if (isClearing.current) return;
      clearTimeout(timer);
      // ECharts reports while the pointer moves, but the address must not be written that often.
      timer = setTimeout(() => {
        if (chart.isDisposed()) return;
        const active = (chart as unknown as ParallelModel)
          .getModel()
          .getSeriesByIndex(0)
          ?.getRawIndicesByActiveState('active');
        const { runs: all, onSelect: tell } = now.current;
        const ids = (active ?? []).flatMap((i) => all[i]?.id ?? []);
        tell(ids.length === all.length ? [] : ids);
      }, 150);
    };
    chart.on('axisareaselected', brushed);
    return () => {
      clearTimeout(timer);
      if (!chart.isDisposed()) chart.off('axisareaselected', brushed);
    };
  }, [chart]);
  useEffect(() => {
    // A chart that is not drawn yet has no strokes to clear.
    const isNews = isCleared && !wasCleared.current;
    wasCleared.current = isCleared;
    if (!isNews || !chart || chart.isDisposed()) return;
    isClearing.current = true;
    for (let axis = 0; axis < axes; axis++) {
      chart.dispatchAction({ type: 'axisAreaSelect', parallelAxisIndex: axis, intervals: [] });
    }
    isClearing.current = false;
  }, [chart, axes, isCleared]);
}
