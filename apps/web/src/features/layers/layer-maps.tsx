'use client';

import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { svgExports } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import { type HeatPanel, HeatPanels, heatPanelsHeight } from '#src/charts/heat-panels.tsx';
import type { Look } from '#src/charts/looks.ts';
import { withMinusSign } from '#src/charts/ticks.ts';
import { useWidth } from '#src/charts/use-width.ts';
import type { LayerMap } from '#src/contract/comparison.ts';
import { useRunsText } from '#src/features/levels/use-runs-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';

/** Runs whose layers are shown in one map. */
export interface LayerGroup {
  readonly key: string;
  readonly name: string;
  readonly look: Look | undefined;
  readonly runIds: readonly string[];
}

interface Props {
  readonly measure: 'gradientNorm' | 'deadUnits';
  readonly groups: readonly LayerGroup[];
}

/** The colour scale of gradients spans at most 24 powers of ten. */
const MOST_DECADES = 24;

/** A measure of each layer over the steps, a heat map for each group. */
export function LayerMaps({ measure, groups }: Props) {
  const t = useTranslations('comparison');
  const runsText = useRunsText();
  const metrics = useTranslations('metrics');
  const { metric: number, value: short } = useFormat();
  const { percent, percentTick } = useStatisticsText();
  const trpc = useTRPC();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const answers = useQueries({
    queries: groups.map(({ runIds }) =>
      trpc.comparison.layers.queryOptions({ runIds: [...runIds], measure }, { staleTime: 60_000 }),
    ),
  });
  const maps = answers.map(({ data }) => data);
  const isRead = answers.every(({ isPending }) => !isPending);
  const scale = useMemo(() => (measure === 'gradientNorm' ? logScale(maps) : SHARES), [measure, maps]);
  const title = t(`inside_${measure}`);
  const tell = measure === 'gradientNorm' ? number : percent;

  const panels = groups.flatMap((group, i): HeatPanel[] => {
    const map = maps[i];
    if (!map || map.layers.length === 0) return [];
    return [
      panelOf(
        group,
        map,
        scale.share,
        (row, column) => {
          const value = map.values[row]?.[column];
          return [
            t('layerN', { layer: map.layers[row] ?? 0 }),
            t('stepsFromTo', { from: column * map.width, to: (column + 1) * map.width - 1 }),
            value === null || value === undefined ? t('notMeasured') : tell(value),
            t('runsN', { count: map.runsOf[column] ?? 0 }),
          ];
        },
        runsText(map.runsOf, map.runs),
      ),
    ];
  });
  const texts = scale.ticks.map(({ share, value }) => ({
    share,
    text: measure === 'gradientNorm' ? powerOf(value) : percentTick(value),
  }));
  return (
    <div ref={host} className="min-w-0 overflow-x-clip" data-testid={measure}>
      <ChartFrame
        title={title}
        note={t(`insideNote_${measure}`)}
        exports={panels.length > 0 ? svgExports(() => svg.current) : null}
        height={heatPanelsHeight(
          Math.max(1, isRead ? panels.length : groups.length),
          Math.max(1, ...panels.map(({ rows }) => rows)),
          width,
        )}
        numbers={() =>
          summaryNumbers(groups, maps, [t('level'), t('layer'), t('firstValue'), t('lastValue'), t('low'), t('high')])
        }
        allNumbers={() => everyValue(groups, maps, [t('level'), t('layer'), t('stepFrom'), title, t('runs')])}
      >
        {panels.length > 0 ? (
          <HeatPanels
            svg={svg}
            panels={panels}
            width={width}
            label={title}
            xTitle={metrics('stepAxis')}
            yTitle={t('layer')}
            legend={{ title: t(`insideLegend_${measure}`), ticks: texts }}
          />
        ) : (
          isRead && <p className="text-small text-muted">{t('notRecorded')}</p>
        )}
      </ChartFrame>
    </div>
  );

  function panelOf(
    { key, name, look }: LayerGroup,
    map: LayerMap,
    share: (value: number) => number,
    tellCell: HeatPanel['tell'],
    runs: string,
  ): HeatPanel {
    const last = map.columns * map.width - 1;
    const everyRow = Math.ceil(map.layers.length / 7);
    return {
      key,
      title: `${name} · ${runs}`,
      look,
      rows: map.layers.length,
      columns: map.columns,
      share: (row, column) => {
        const value = map.values[row]?.[column];
        if (value === null || value === undefined) return null;
        return Number.isFinite(value) ? share(value) : Number.NaN;
      },
      tell: tellCell,
      xTicks: [
        { at: 0, text: '0' },
        { at: map.columns / 2, text: short(Math.round(last / 2)) },
        { at: map.columns, text: short(last) },
      ],
      yTicks: map.layers.flatMap((layer, row) =>
        row % everyRow === 0 ? [{ at: row + 0.5, text: String(layer) }] : [],
      ),
    };
  }
}

const SHARES = {
  share: (value: number) => value,
  ticks: [0, 0.5, 1].map((value) => ({ share: value, value })),
};

/** A logarithmic scale for all maps, between whole powers of ten. */
function logScale(maps: readonly (LayerMap | undefined)[]) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const map of maps) {
    for (const row of map?.values ?? []) {
      for (const value of row) {
        if (value === null || !Number.isFinite(value) || value <= 0) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (!(low <= high)) [low, high] = [1e-3, 1];
  const last = Math.ceil(Math.log10(high));
  const first = Math.max(last - MOST_DECADES, Math.min(last - 1, Math.floor(Math.log10(low))));
  const every = Math.max(1, Math.ceil((last - first) / 4));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i).filter(
    (power) => (power - first) % every === 0 || power === last,
  );
  const spaced = powers.filter((power) => power === last || last - power >= every / 2);
  return {
    share: (value: number) => (Math.log10(Math.max(value, 1e-45)) - first) / (last - first),
    ticks: spaced.map((power) => ({ share: (power - first) / (last - first), value: 10 ** power })),
  };
}

/** Powers of ten with larger exponents than this are written as `1e−9`. */
const MOST_SPELLED_OUT = 3;

/** `0.001`, `1e−9`, as on the axes of curves. The font lacks most raised digits. */
function powerOf(value: number): string {
  const power = Math.round(Math.log10(value));
  return withMinusSign(Math.abs(power) <= MOST_SPELLED_OUT ? Number(`1e${power}`) : `1e${power}`);
}

/** Every value of the maps, with the group, the layer, the first step and the number of runs. */
function everyValue(
  groups: readonly LayerGroup[],
  maps: readonly (LayerMap | undefined)[],
  columns: readonly string[],
) {
  return {
    columns,
    rows: groups.flatMap(({ name }, i) =>
      (maps[i]?.layers ?? []).flatMap((layer, row) =>
        (maps[i]?.values[row] ?? []).map(
          (value, column) => [name, layer, column * (maps[i]?.width ?? 1), value, maps[i]?.runsOf[column]] as const,
        ),
      ),
    ),
  };
}

/** For each layer its first and last value, and its range. */
function summaryNumbers(
  groups: readonly LayerGroup[],
  maps: readonly (LayerMap | undefined)[],
  columns: readonly string[],
) {
  return {
    columns,
    rows: groups.flatMap(({ name }, i) =>
      (maps[i]?.layers ?? []).map((layer, row) => {
        const values = (maps[i]?.values[row] ?? []).filter((value): value is number => value !== null);
        const finite = values.filter(Number.isFinite);
        return [
          name,
          layer,
          values[0],
          values.at(-1),
          finite.length > 0 ? Math.min(...finite) : null,
          finite.length > 0 ? Math.max(...finite) : null,
        ];
      }),
    ),
  };
}
