'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { NamedRun } from '#src/features/boundaries/named-run.ts';
import { LayerMaps } from '#src/features/layers/layer-maps.tsx';
import { Section } from '#src/ui/section.tsx';

const MEASURES = ['gradientNorm', 'deadUnits'] as const;
/** A single layer is shown as a curve, not as a map. */
const LEAST_LAYERS = 2;

/** The measures of all layers over the steps, as heat maps; nothing where none were recorded. */
export function RunLayers({ named: { run, name, look } }: { readonly named: NamedRun }) {
  const t = useTranslations('run');
  const groups = useMemo(() => [{ key: run.id, name, look, runIds: [run.id] }], [run.id, name, look]);
  const measures = MEASURES.filter(
    (measure) => run.metrics.filter(({ key }) => key.startsWith(`${measure}.`)).length >= LEAST_LAYERS,
  );
  if (measures.length === 0) return null;
  return (
    <Section title={t('layers')}>
      <div className={`grid gap-x-8 gap-y-6 ${measures.length > 1 ? 'lg:grid-cols-2 print:grid-cols-2' : ''}`}>
        {measures.map((measure) => (
          <LayerMaps key={measure} measure={measure} groups={groups} />
        ))}
      </div>
    </Section>
  );
}
