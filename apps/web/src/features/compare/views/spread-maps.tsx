'use client';

import { useQueries } from '@tanstack/react-query';
import { BINS } from '@whorl/core';
import { useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import { useTRPC } from '#src/api/trpc.tsx';
import { svgExports } from '#src/charts/chart-exports.ts';
import { ChartFrame } from '#src/charts/chart-frame.tsx';
import { HeatPanels, heatPanelsHeight } from '#src/charts/heat-panels.tsx';
import { useWidth } from '#src/charts/use-width.ts';
import type { LayerGroup } from '#src/features/layers/layer-maps.tsx';
import { useRunsText } from '#src/features/levels/use-runs-text.ts';
import { useStatisticsText } from '#src/features/levels/use-statistics-text.ts';
import { useFormat } from '#src/i18n/use-format.ts';
import {
  allBins,
  beyondOf,
  type SpreadGroup,
  sharesAroundZero,
  spreadPanel,
  spreadShare,
} from '../model/spread-panels.ts';

interface Props {
  readonly groups: readonly LayerGroup[];
  readonly layer: string;
  readonly onLayer: (layer: string) => void;
}

const TICKS = [0, 0.01, 0.1, 1];

/**
 * The distributions of a layer's activations at each recorded step, as a heat map for each group; nothing where none were
 * recorded.
 */
export function SpreadMaps({ groups, layer: wanted, onLayer }: Props) {
  const t = useTranslations('comparison');
  const metrics = useTranslations('metrics');
  const { percentTick } = useStatisticsText();
  const svg = useRef<SVGSVGElement>(null);
  const [host, width] = useWidth(960);
  const { layer, layers, found } = useSpreads(groups, wanted);
  const panelOf = useSpreadPanel();
  if (layer === undefined) return null;
  const panels = found.map(panelOf);
  const title = t('spread', { layer });
  const beyond = beyondOf(found);
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
        controls={layers.length > 1 && <LayerSelect layers={layers} layer={layer} onLayer={onLayer} />}
        exports={svgExports(() => svg.current)}
        height={heatPanelsHeight(panels.length, BINS, width)}
        numbers={() => ({
          columns: [t('level'), t('step'), t('valuesBelowZero'), t('valuesNearZero'), t('valuesAboveZero'), 'NaN'],
          rows: sharesAroundZero(found),
        })}
        allNumbers={() => ({
          columns: [t('level'), t('step'), t('low'), t('high'), t('count'), t('runs')],
          rows: allBins(found),
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
            ticks: TICKS.map((part) => ({ share: spreadShare(part), text: percentTick(part) })),
          }}
        />
      </ChartFrame>
    </div>
  );
}

/** A group with how many of its runs there are. */
interface Found extends SpreadGroup {
  readonly runs: number;
}

/** The recorded distributions of each group, for the wanted layer or else the first one. */
function useSpreads(groups: readonly LayerGroup[], wanted: string) {
  const trpc = useTRPC();
  const answers = useQueries({
    queries: groups.map(({ runIds }) =>
      trpc.comparison.spreads.queryOptions({ runIds: [...runIds] }, { staleTime: 60_000 }),
    ),
  });
  const recorded = answers.flatMap(({ data }) => data?.spreads.map(({ layer }) => layer) ?? []);
  const layers = [...new Set(recorded)].sort((a, b) => a - b);
  const layer = layers.includes(Number(wanted)) ? Number(wanted) : layers[0];
  const found = groups.flatMap(({ key, name, look }, i): Found[] => {
    const { spreads = [], runs = 0 } = answers[i]?.data ?? {};
    const spread = spreads.find((item) => item.layer === layer);
    return spread ? [{ key, name, look, spread, runs }] : [];
  });
  return { layer, layers, found };
}

/** Makes the picture of a group, with the tooltips of its bins. */
function useSpreadPanel() {
  const t = useTranslations('comparison');
  const runsText = useRunsText();
  const { column } = useFormat();
  const { percent } = useStatisticsText();
  return (group: Found) => {
    const runs = group.spread.looks.map((look) => look.runs);
    return spreadPanel(group, `${group.name} · ${runsText(runs, group.runs)}`, (at, from, to, part) => {
      const number = column([from, to]);
      return [
        t('stepN', { step: String(at.step) }),
        t('valuesFromTo', { from: number(from), to: number(to) }),
        percent(part),
        t('runsN', { count: at.runs }),
      ];
    });
  };
}

interface SelectProps {
  readonly layers: readonly number[];
  readonly layer: number;
  readonly onLayer: (layer: string) => void;
}

function LayerSelect({ layers, layer, onLayer }: SelectProps) {
  const t = useTranslations('comparison');
  return (
    <select className="field" aria-label={t('layer')} value={layer} onChange={(event) => onLayer(event.target.value)}>
      {layers.map((item) => (
        <option key={item} value={item}>
          {t('layerN', { layer: item })}
        </option>
      ))}
    </select>
  );
}
