'use client';

import { useQueries } from '@tanstack/react-query';
import { BINS, totalOf } from '@whorl/core';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { svgExports } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import { type HeatPanel, HeatPanels, heatPanelsHeight } from '#src/charts/heat-panels.tsx';
import { withMinusSign } from '#src/charts/ticks.ts';
import { useWidth } from '#src/charts/use-width.ts';
import type { Spread } from '#src/contract/comparison.ts';
import type { LayerGroup } from '#src/features/layers/layer-maps.tsx';
import { useRunsText } from '#src/features/levels/use-runs-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';

interface Props {
  readonly groups: readonly LayerGroup[];
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
}

const TICKS = [0, 0.01, 0.1, 1];
/** An end of the values is a power of two and no measured number: more digits would run into the axis's name. */
const endOf = (value: number): number => (Math.abs(value) >= 1 ? value : Number(value.toPrecision(2)));

/** Few values in a bin must be seen beside many in another: the scale is that of the fourth root. */
const shareOf = (part: number): number => part ** 0.25;

/** How the activations of one layer were spread at each look, a heat map for each group; nothing where none was recorded. */
export function SpreadMaps({ groups, layer: wanted, onLayer }: Props) {
  const t = useTranslations('comparison');
  const runsText = useRunsText();
  const metrics = useTranslations('metrics');
  const { column } = useFormat();
  const { percent, percentTick } = useStatisticsText();
  const trpc = useTRPC();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const answers = useQueries({
    queries: groups.map(({ runIds }) =>
      trpc.comparison.spreads.queryOptions({ runIds: [...runIds] }, { staleTime: 60_000 }),
    ),
  });
  const layers = [...new Set(answers.flatMap(({ data }) => data?.spreads.map(({ layer }) => layer) ?? []))].sort(
    (a, b) => a - b,
  );
  const [first] = layers;
  if (first === undefined) return null;
  const layer = layers.includes(Number(wanted)) ? Number(wanted) : first;
  const found = groups.flatMap((group, i) => {
    const spread = answers[i]?.data?.spreads.find((item) => item.layer === layer);
    return spread ? [{ group, spread, runs: answers[i]?.data?.runs ?? 0 }] : [];
  });
  const title = t('spread', { layer });
  const panels = found.map(({ group, spread, runs }) =>
    panelOf(
      group.key,
      `${group.name} · ${runsText(
        spread.looks.map((look) => look.runs),
        runs,
      )}`,
      spread,
      ({ step, runs: count }, from, to, part) => [
        t('stepN', { step: String(step) }),
        t('valuesFromTo', { from: column([from, to])(from), to: column([from, to])(to) }),
        percent(part),
        t('runsN', { count }),
      ],
    ),
  );
  const beyond = found.reduce(
    (sum, { spread }) => sum + spread.looks.reduce((n, { histogram: h }) => n + h.below + h.above + h.nan, 0),
    0,
  );
  return (
    <div ref={host} className="min-w-0 overflow-x-clip" data-testid="spreads">
      <ChartFrame
        title={title}
        note={
          <>
            {t('spreadNote')}
            {beyond > 0 && <span className="text-caution"> {t('spreadBeyond', { count: beyond })}</span>}
          </>
        }
        controls={
          layers.length > 1 && (
            <select
              className="field"
              aria-label={t('layer')}
              value={layer}
              onChange={(event) => onLayer(event.target.value)}
            >
              {layers.map((item) => (
                <option key={item} value={item}>
                  {t('layerN', { layer: item })}
                </option>
              ))}
            </select>
          )
        }
        exports={svgExports(() => svg.current)}
        height={heatPanelsHeight(panels.length, BINS, width)}
        numbers={() => ({
          columns: [t('level'), t('step'), t('valuesBelowZero'), t('valuesNearZero'), t('valuesAboveZero'), 'NaN'],
          rows: found.flatMap(({ group, spread }) =>
            spread.looks.map(({ step, histogram }) => [group.name, step, ...aroundZero(histogram)]),
          ),
        })}
        allNumbers={() => ({
          columns: [t('level'), t('step'), t('low'), t('high'), t('count'), t('runs')],
          rows: found.flatMap(({ group, spread }) =>
            spread.looks.flatMap(({ step, runs, histogram: { range, counts } }) =>
              counts.map((count, bin) => {
                const size = (range[1] - range[0]) / counts.length;
                return [group.name, step, range[0] + bin * size, range[0] + (bin + 1) * size, count, runs];
              }),
            ),
          ),
        })}
      >
        <HeatPanels
          svg={svg}
          panels={panels}
          width={width}
          label={title}
          xTitle={metrics('stepAxis')}
          yTitle={t('activationValue')}
          legend={{
            title: t('spreadLegend'),
            ticks: TICKS.map((part) => ({ share: shareOf(part), text: percentTick(part) })),
          }}
        />
      </ChartFrame>
    </div>
  );

  function panelOf(
    key: string,
    name: string,
    { looks }: Spread,
    tell: (look: Pick<Spread['looks'][number], 'step' | 'runs'>, from: number, to: number, part: number) => string[],
  ): HeatPanel {
    const [low, high] = looks[0]?.histogram.range ?? [0, 1];
    const bins = looks[0]?.histogram.counts.length ?? 1;
    const size = (high - low) / bins;
    const totals = looks.map(({ histogram }) => totalOf(histogram));
    // Row 0 is on top, where the greatest values are.
    const part = (row: number, column: number) =>
      (looks[column]?.histogram.counts[bins - 1 - row] ?? 0) / Math.max(1, totals[column] ?? 1);
    const middle = Math.floor(looks.length / 2);
    const ends = [high, (high + low) / 2, low];
    return {
      key,
      title: name,
      look: groups.find((group) => group.key === key)?.look,
      rows: bins,
      columns: looks.length,
      share: (row, column) => {
        const value = part(row, column);
        return value > 0 ? shareOf(value) : null;
      },
      tell: (row, column) =>
        tell(
          looks[column] ?? { step: 0, runs: 0 },
          low + (bins - 1 - row) * size,
          low + (bins - row) * size,
          part(row, column),
        ),
      xTicks: [0, middle, looks.length - 1]
        .filter((column, i, all) => all.indexOf(column) === i)
        .map((column, i, all) => ({
          at: i === 0 ? 0 : i === all.length - 1 ? looks.length : column + 0.5,
          text: String(looks[column]?.step ?? 0),
        })),
      yTicks: ends.map((value) => ({
        at: Math.min(bins - 2, Math.max(3, ((high - value) / (high - low)) * bins)),
        text: withMinusSign(endOf(value)),
      })),
    };
  }
}

/** Shares of the values below zero, in the bins at zero, and above. */
function aroundZero(histogram: Spread['looks'][number]['histogram']): number[] {
  const { range, counts, below, above, nan } = histogram;
  const size = (range[1] - range[0]) / counts.length;
  const total = Math.max(1, totalOf(histogram));
  let [negative, near, positive] = [below, 0, above];
  for (const [bin, count] of counts.entries()) {
    const from = range[0] + bin * size;
    if (from + size < 0) negative += count;
    else if (from > 0) positive += count;
    else near += count;
  }
  return [negative / total, near / total, positive / total, nan / total];
}
