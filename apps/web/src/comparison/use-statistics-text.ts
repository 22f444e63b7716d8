'use client';

import type { MetricPart } from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { useFormat } from '#src/i18n/use-format.ts';

/** The numbers of a comparison as the reader's language writes them. */
export function useStatisticsText() {
  const t = useTranslations('comparison');
  const { locale, metric, metricName } = useFormat();
  return useMemo(() => {
    const fixed = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    const names = new Intl.ListFormat(locale, { type: 'conjunction' });
    const percent = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 1,
    });
    const small = (p: number) => p < 0.001;
    return {
      /** `[0.930, 0.958]` */
      interval: (ci95: readonly [number, number] | null | undefined): string =>
        ci95 ? `[${metric(ci95[0])}, ${metric(ci95[1])}]` : '–',
      /** `0.012` or `< 0.001`, in a table. */
      p: (p: number): string => (small(p) ? `< ${fixed.format(0.001)}` : fixed.format(p)),
      /** `p = 0.012` or `p < 0.001`, in a sentence. */
      pSentence: (p: number): string => (small(p) ? `p < ${fixed.format(0.001)}` : `p = ${fixed.format(p)}`),
      signed: (value: number): string => `${value > 0 ? '+' : ''}${metric(value)}`,
      percent: (share: number): string => percent.format(share),
      list: (words: readonly string[]): string => names.format(words),
      /** A metric's name with what is taken of it: `Accuracy`, `Loss (lowest)`. */
      metricTitle: (key: string, part: MetricPart): string =>
        part === 'last' ? metricName(key) : t(`partOf.${part}`, { metric: metricName(key) }),
      /** The same within a sentence. */
      metricWord: (key: string, part: MetricPart): string => {
        const name = key === 'accuracy' || key === 'loss' ? metricName(key).toLocaleLowerCase(locale) : metricName(key);
        return part === 'last' ? name : t(`partOf.${part}`, { metric: name });
      },
    };
  }, [locale, metric, metricName, t]);
}
