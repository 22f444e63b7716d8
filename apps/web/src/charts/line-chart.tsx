'use client';

import type { EChartsType } from 'echarts/core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { type Theme, useTheme } from '#src/ui/use-theme.ts';
import { ChartFrame } from './chart-frame.tsx';
import type { Legend as LegendLines } from './chart-heading.ts';
import { clockScale, clockText } from './clock-scale.ts';
import { EChart, echartExports } from './echart.tsx';
import { frameOf } from './line-axes.ts';
import { lineNumbers, lineSummary } from './line-numbers.ts';
import { lineOption } from './line-option.ts';
import { LineOverlay } from './line-overlay.tsx';
import type { LinePicture } from './line-picture.ts';
import { xScale, yScale } from './line-scale.ts';
import { countText, partialEnds } from './line-stretches.ts';
import { Swatch } from './swatch.tsx';

export interface LineAxis {
  readonly name: string;
  /** The column name of the horizontal axis in a file. */
  readonly column: string;
  /** How many units of the axis make one unit of its labels. */
  readonly unit: number;
  /** Whether only whole numbers have a meaning on the axis. */
  readonly whole: boolean;
  /** The time zone in which its places are moments, in seconds since 1970; left out where they are not. */
  readonly timeZone?: string;
  readonly placeText: (x: number) => string;
}

interface Props {
  readonly title: string;
  readonly picture: LinePicture;
  /** What is in view; null where there is nothing to see. */
  readonly view: readonly [number, number] | null;
  readonly x: LineAxis;
  readonly yName: string;
  /** The ends of the vertical axis where they are known in advance. */
  readonly known?: readonly [number, number] | undefined;
  readonly logarithmic: { readonly x: boolean; readonly y: boolean };
  readonly clip: boolean;
  readonly onRange: (range: readonly [number, number] | null) => void;
  readonly note?: ReactNode;
  readonly controls?: ReactNode;
  /** Said over an empty chart. */
  readonly message: string | null;
  /** Whether the legend stands above the chart: the page does not say what its lines are. */
  readonly showsLegend?: boolean;
  /** The lines with every recorded point, for a file. Where there are too many, some are left out. */
  readonly everyPoint: () => Promise<{ readonly picture: LinePicture; readonly isThinned: boolean }>;
}

const TICKS = 6;
const NOTHING = [0, 1] as const;
const BLANK = { from: 0, to: 1, logarithmic: false, ticks: [] };

/** Lines of runs and groups over one axis, with a crosshair, a zoom, and the numbers as a table. */
export function LineChart(props: Props) {
  const { title, picture, view, x, yName, known, logarithmic, clip, onRange, note, controls, message, everyPoint } =
    props;
  const { showsLegend = false } = props;
  const t = useTranslations('chart');
  const curves = useTranslations('curves');
  const theme = useTheme();
  const [chart, setChart] = useState<EChartsType | null>(null);
  const shown = view ?? NOTHING;
  const legend = useMemo(() => {
    const named = picture.groups.filter((group) => !group.hidden);
    return named.map(({ name, look, runs, mean }) => {
      const full = runs > 1 ? `${name} ×${runs}` : name;
      const partial = mean && view && partialEnds(mean, view).from;
      if (!partial) return { name: full, look };
      const place = x.placeText(partial.x);
      return {
        name: curves('partialLegend', { name: full, place, runs: countText(partial), members: partial.members }),
        look,
      };
    });
  }, [picture, view, x, curves]);

  const scales = useMemo(() => {
    // Nothing is known yet: axes without numbers keep the place of the real ones.
    if (view === null) return { x: BLANK, y: BLANK };
    const { timeZone } = x;
    const scale =
      timeZone === undefined ? xScale(view, logarithmic.x, TICKS, x.unit, x.whole) : clockScale(view, TICKS, timeZone);
    return {
      x: scale,
      xText: timeZone === undefined ? undefined : clockText(scale, timeZone),
      y: yScale(picture, view, { logarithmic: logarithmic.y, clip, known }),
    };
  }, [picture, view, logarithmic.x, logarithmic.y, clip, known, x]);
  const optionOf = useCallback(
    (theme: Theme) => lineOption(picture, { ...scales, xName: x.name, yName, xUnit: x.unit }, theme),
    [picture, scales, x.name, x.unit, yName],
  );
  const option = useCallback(() => optionOf(theme), [optionOf, theme]);
  const exports = useMemo(() => chart && echartExports(chart, legend, optionOf), [chart, legend, optionOf]);
  const texts = {
    line: t('line'),
    points: t('points'),
    first: t('first'),
    last: t('last'),
    lowest: t('lowest'),
    highest: t('highest'),
    runs: curves('runs'),
    mean: (name: string) => curves('meanOf', { name }),
    partialMean: (name: string, from: number, n: number, members: number) =>
      curves('partialMeanOf', { name, place: x.placeText(from), n, members }),
  };
  return (
    <ChartFrame
      title={title}
      note={note}
      showsLegend={showsLegend}
      controls={controls}
      legend={<Legend lines={legend} />}
      exports={exports}
      numbers={() => lineSummary(picture, shown, texts)}
      allNumbers={async () => {
        const { picture: every, isThinned } = await everyPoint();
        return { ...lineNumbers(every, shown, x.column), isThinned };
      }}
    >
      <EChart option={option} onChart={setChart} message={message} />
      <LineOverlay
        title={title}
        picture={picture}
        x={scales.x}
        y={scales.y}
        frame={frameOf({ ...scales, xUnit: x.unit })}
        placeText={x.placeText}
        onRange={onRange}
      />
    </ChartFrame>
  );
}

/** The legend: what the lines stand for. */
function Legend({ lines }: { readonly lines: LegendLines }) {
  return (
    <ul className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-small">
      {lines.map(({ name, look }) => (
        <li key={name} className="inline-flex items-center gap-2">
          <Swatch look={look} />
          {name}
        </li>
      ))}
    </ul>
  );
}
