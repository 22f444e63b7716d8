'use client';

import type { EChartsType } from 'echarts/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import type { Legend } from '#src/charts/chart-heading.ts';
import type { Colour } from '#src/charts/colours.ts';
import { EChart, echartExports } from '#src/charts/echart.tsx';
import { useLevelName } from '#src/features/levels/use-level-name.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { scaleFor } from '../model/axes.ts';
import { placeRuns, type ScatterAxis, scatterOption } from './scatter-option.ts';
import { useBrush } from './use-brush.ts';
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
  /** What the colours stand for, for a file. */
  readonly legend: Legend;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: readonly string[]) => void;
}

/** Runs as points between any two quantities. A rectangle drawn over them selects them. */
export function ScatterChart(props: Props) {
  const { runs, quantities, x, y, onX, onY, nameOf, colourOf, legend, selected, onSelect } = props;
  const t = useTranslations('comparison');
  const { nameValue } = useLevelName();
  const theme = useTheme();
  const [chart, setChart] = useState<EChartsType | null>(null);
  const [across, up] = [useAxis(runs, x, nameOf), useAxis(runs, y, nameOf)];
  const placed = useMemo(() => placeRuns(runs, across, up), [runs, across, up]);
  const told = useToldValue();
  const toldNow = useRef(told);
  toldNow.current = told;
  const optionOf = useCallback(
    (theme: Theme) => {
      const tell = (run: ComparedRun) => [
        run.name,
        `${nameOf(x)}: ${toldNow.current(x, run)}`,
        `${nameOf(y)}: ${toldNow.current(y, run)}`,
      ];
      const logWord = t('logAxis');
      return scatterOption({ placed, x: across, y: up, selected, colourOf, tell, nameValue, logWord }, theme);
    },
    [placed, across, up, x, y, selected, colourOf, nameOf, nameValue, t],
  );
  const option = useMemo(() => optionOf(theme), [optionOf, theme]);
  useBrush(chart, placed, onSelect, selected.size === 0);

  // Values of a config are names, so they are written with all digits.
  const numberOf = (quantity: Quantity, run: ComparedRun): string | number | null => {
    const value = run.values.get(quantity.field) ?? null;
    return value === null || (quantity.kind === 'metric' && typeof value === 'number') ? value : nameValue(value);
  };
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

/** A quantity as an axis. */
function useAxis(runs: readonly ComparedRun[], quantity: Quantity, nameOf: Props['nameOf']): ScatterAxis {
  const { field } = quantity;
  const name = nameOf(quantity);
  return useMemo(
    () => ({ field, name, scale: scaleFor(runs.map(({ values }) => values.get(field) ?? null)) }),
    [runs, field, name],
  );
}

/** A run's value of a quantity, as the page says it. */
function useToldValue() {
  const { metric } = useFormat();
  const { nameValue } = useLevelName();
  return (quantity: Quantity, run: ComparedRun): string => {
    const value = run.values.get(quantity.field) ?? null;
    return typeof value === 'number' && quantity.kind === 'metric' ? metric(value) : nameValue(value);
  };
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
