'use client';

import { CALIBRATION, LOSS_SURFACE } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { LossSurfaceChart } from '#src/charts/loss-surface-chart.tsx';
import { ReliabilityChart } from '#src/charts/reliability-chart.tsx';
import { useFiles } from '#src/charts/use-pictures.ts';
import type { Artifact } from '#src/contract/artifact.ts';
import { Section } from '#src/ui/section.tsx';

const SHOWN: readonly string[] = [CALIBRATION.name, LOSS_SURFACE.name];

/** Measurements that are made once, at the end of a run: how well it is calibrated, and the loss around its weights. */
export function RunProbes({ artifacts }: { readonly artifacts: readonly Artifact[] | undefined }) {
  const t = useTranslations('probes');
  const { artifactUrl } = useReach();
  const found = useMemo(() => artifacts?.filter(({ name }) => SHOWN.includes(name)) ?? [], [artifacts]);
  const urls = useMemo(() => found.map(({ runId, id }) => artifactUrl(runId, id)), [found, artifactUrl]);
  const files = useFiles(urls);
  if (found.length === 0) return null;
  return (
    <Section title={t('title')}>
      <div className="grid gap-x-16 gap-y-8 lg:grid-cols-2 print:grid-cols-2">
        {found.map(({ id, name }, i) => (
          <Probe key={id} name={name} bytes={files.get(urls[i] ?? '')} failed={files.failed} />
        ))}
      </div>
    </Section>
  );
}

interface ProbeProps {
  readonly name: string;
  readonly bytes: Uint8Array | null;
  readonly failed: boolean;
}

function Probe({ name, bytes, failed }: ProbeProps) {
  const t = useTranslations('probes');
  const read = useMemo(() => (bytes ? readJson(bytes) : undefined), [bytes]);
  if (!bytes) return <p className="min-h-80 text-small text-muted">{failed ? t('failed') : t('reading')}</p>;
  if (name === CALIBRATION.name) {
    const calibration = CALIBRATION.document.safeParse(read);
    if (calibration.success) return <ReliabilityChart title={t('calibration')} calibration={calibration.data} />;
  } else {
    const surface = LOSS_SURFACE.document.safeParse(read);
    if (surface.success) return <LossSurfaceChart title={t('surface')} surface={surface.data} />;
  }
  return <p className="text-small text-caution">{t('unreadable', { name })}</p>;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
