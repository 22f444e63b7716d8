'use client';

import { useTranslations } from 'use-intl/react';
import type { History } from '../model/history.ts';
import type { CellFrame } from '../model/messages.ts';
import { MOST_DRAWN_LAYERS, MOST_DRAWN_UNITS } from '../model/network-drawing.ts';
import type { LabCell } from '../model/plan.ts';
import { layerNorms } from '../model/tallies.ts';
import { LayerPlot } from './layer-plot.tsx';
import { NetworkPicture } from './network-picture.tsx';

interface Props {
  readonly cells: readonly LabCell[];
  readonly frame: CellFrame | null;
  readonly histories: readonly History[];
  readonly step: number;
}

/** What goes on in the layers: the first network as it is drawn, and the gradient of each layer in the last step. */
export function InsideNetwork({ cells, frame, histories, step }: Props) {
  const t = useTranslations('labs');
  return (
    <section className="mt-8">
      <h2 className="mb-2 font-medium">{t('network.title')}</h2>
      {frame?.network && <NetworkPicture network={frame.network} step={step} />}
      {frame && !frame.network && (
        <p className="text-small text-muted">
          {t('network.tooLarge', { layers: String(MOST_DRAWN_LAYERS), units: String(MOST_DRAWN_UNITS) })}
        </p>
      )}
      <LayerPlot
        title={t('normsTitle')}
        axis={t('layer')}
        lines={cells.map(({ name, look }, i) => ({
          name: name.en,
          look,
          norms: layerNorms((measure) => histories[i]?.at(step - 1, measure) ?? Number.NaN),
        }))}
      />
    </section>
  );
}
