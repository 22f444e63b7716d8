'use client';

import {
  formatInterval,
  formatP,
  formatPSentence,
  formatShare,
  formatSigned,
  type MetricPart,
  type NumberFormat,
} from '@whorl/core';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import { spaced } from '#src/i18n/spaced.ts';
import { useFormat } from '#src/i18n/use-format.ts';

/** Writes the numbers of comparisons in the reader's language. */
export function useStatisticsText() {
  const t = useTranslations('comparison');
  const { locale, metricName, metricWord } = useFormat();
  return useMemo(() => {
    const names = new Intl.ListFormat(locale, { type: 'conjunction' });
    return {
      /** `[0.9300, 0.9580]` */
      interval: (ci95: readonly [number, number] | null | undefined, format?: NumberFormat): string =>
        ci95 ? formatInterval(ci95, format) : '–',
      /** How many seeds a mean is of, and how many runs if these are more. */
      counts: ({ n, runs }: { readonly n: number; readonly runs: number }): string =>
        t('nRuns', { n, runs, isSame: String(runs === n) }),
      /** `0.0123` or `< 0.0001`, in a table. */
      p: formatP,
      /** `p = 0.0123` or `p < 0.0001`, in a sentence. */
      pSentence: formatPSentence,
      signed: formatSigned,
      percent: formatShare,
      /** A percentage for an axis: `50%`. */
      percentTick: (share: number): string => `${Number((100 * share).toPrecision(3))}%`,
      list: (words: readonly string[]): string => spaced(names.format(words)),
      /** Joins sentences. */
      inOne: (sentences: readonly string[]): string =>
        sentences.reduce((first, second) => t('verdict.sentences', { first, second })),
      /** A metric's name with what is taken of it: `Accuracy`, `Loss (lowest)`. */
      metricTitle: (key: string, part: MetricPart): string =>
        part === 'last' ? metricName(key) : t(`partOf.${part}`, { metric: metricName(key) }),
      /** The same within a sentence. */
      metricWord: (key: string, part: MetricPart): string => {
        const name = metricWord(key);
        return part === 'last' ? name : t(`partOf.${part}`, { metric: name });
      },
    };
  }, [locale, metricName, metricWord, t]);
}
