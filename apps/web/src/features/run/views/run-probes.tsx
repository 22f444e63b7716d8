'use client';

import { CALIBRATION, LOSS_SURFACE } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { LossSurfaceChart } from '#src/charts/loss-surface-chart.tsx';
import { ReliabilityOfFile } from '#src/charts/reliability-of-file.tsx';
import { readJson, useFiles } from '#src/charts/use-pictures.ts';
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

interface ProbeProps {
  readonly name: string;
  readonly url: string;
}

function Probe({ name, url }: ProbeProps) {
  const t = useTranslations('probes');
  if (name === CALIBRATION.name) return <ReliabilityOfFile title={t('calibration')} url={url} />;
  return <SurfaceOfFile url={url} />;
}

function SurfaceOfFile({ url }: Pick<ProbeProps, 'url'>) {
  const t = useTranslations('probes');
  const { get, failed } = useFiles(useMemo(() => [url], [url]));
  const bytes = get(url);
  const read = useMemo(() => (bytes ? LOSS_SURFACE.document.safeParse(readJson(bytes)) : null), [bytes]);
  if (!read) return <p className="min-h-80 text-small text-muted">{failed ? t('failed') : t('reading')}</p>;
  if (!read.success) {
    return <p className="text-small text-caution">{t('unreadable', { name: LOSS_SURFACE.name })}</p>;
  }
  return <LossSurfaceChart title={t('surface')} surface={read.data} />;
}
