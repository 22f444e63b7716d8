'use client';

import { CALIBRATION } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { ReliabilityChart } from './reliability-chart.tsx';
import { readJson, useFiles } from './use-pictures.ts';

interface Props {
  readonly url: string;
  readonly title: string;
  /** One of several, of which the page says above how they are read. */
  readonly isBrief?: boolean;
}

/** The reliability diagram that a run's file holds. */
export function ReliabilityOfFile({ url, title, isBrief = false }: Props) {
  const t = useTranslations('probes');
  const { get, failed } = useFiles(useMemo(() => [url], [url]));
  const bytes = get(url);
  const read = useMemo(() => (bytes ? CALIBRATION.document.safeParse(readJson(bytes)) : null), [bytes]);
  if (!read) return <p className="min-h-80 text-small text-muted">{failed ? t('failed') : t('reading')}</p>;
  if (!read.success) {
    return <p className="text-small text-caution">{t('unreadable', { name: CALIBRATION.name })}</p>;
  }
  return <ReliabilityChart title={title} calibration={read.data} isBrief={isBrief} />;
}
