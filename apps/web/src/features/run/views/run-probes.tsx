'use client';

import { CALIBRATION, LOSS_SURFACE } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { FileDocument } from '#src/charts/file-document.tsx';
import { LossSurfaceChart } from '#src/charts/loss-surface-chart.tsx';
import { ReliabilityChart } from '#src/charts/reliability-chart.tsx';
import type { Artifact } from '#src/contract/artifact.ts';
import { Section } from '#src/ui/section.tsx';

const SHOWN: readonly string[] = [CALIBRATION.name, LOSS_SURFACE.name];

/** Measurements that are made once, at the end of a run: how well it is calibrated, and the loss around its weights. */
export function RunProbes({ artifacts }: { readonly artifacts: readonly Artifact[] | undefined }) {
  const t = useTranslations('probes');
  const { artifactUrl } = useReach();
  const found = useMemo(() => artifacts?.filter(({ name }) => SHOWN.includes(name)) ?? [], [artifacts]);
  if (found.length === 0) return null;
  return (
    <Section title={t('title')}>
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-2 print:grid-cols-2">
        {found.map(({ runId, id, name }) => (
          <Probe key={id} name={name} url={artifactUrl(runId, id)} />
        ))}
      </div>
    </Section>
  );
}

function Probe({ name, url }: { readonly name: string; readonly url: string }) {
  const t = useTranslations('probes');
  return name === CALIBRATION.name ? (
    <FileDocument url={url} kind={CALIBRATION}>
      {(calibration) => <ReliabilityChart title={t('calibration')} calibration={calibration} />}
    </FileDocument>
  ) : (
    <FileDocument url={url} kind={LOSS_SURFACE}>
      {(surface) => <LossSurfaceChart title={t('surface')} surface={surface} />}
    </FileDocument>
  );
}
