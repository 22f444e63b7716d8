'use client';

import {
  formatNumber,
  type LevelValue,
  metricAxis,
  metricName,
  metricWord,
  numberFormat,
  writeValue,
} from '@whorl/core';
import { useContext, useMemo } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl/react';
import type { Locale } from './locales.ts';
import { momentText } from './moment-text.ts';
import { OwnMetrics } from './own-metrics.ts';
import { spaced } from './spaced.ts';

/** Writes numbers, times and names of metrics in the reader's language. */
export function useFormat() {
  const locale = useLocale() as Locale;
  const timeZone = useTimeZone() ?? 'UTC';
  const words = useTranslations('comparison');
  const own = useContext(OwnMetrics);
  return useMemo(() => {
    const { whole, seconds, minutes } = formatsOf(locale);
    return {
      locale,
      /** A measured number that stands alone, written as on the command line. */
      metric: formatNumber,
      /** A format for the measured numbers of a column, so that their decimals line up. */
      column: numberFormat,
      /** A value of a config in full: it names something. */
      value: (value: LevelValue): string => writeValue(value, words('absent')),
      whole: (value: number) => (Number.isFinite(value) ? whole.format(value) : formatNumber(value)),
      duration: (ms: number) => spaced(ms < 90_000 ? seconds.format(ms / 1000) : minutes.format(ms / 60_000)),
      /** A moment in the reader's time zone, with its offset from UTC: `2026-11-29 02:27 UTC+8`. */
      moment: (date: Date) => momentText(date, timeZone),
      /** What a metric is called. */
      metricName: (key: string) => (own ? metricName(key)[locale] : key),
      /** The same within a sentence. */
      metricWord: (key: string) => (own ? metricWord(key)[locale] : key),
      /** What a metric is called on an axis, with its unit. */
      metricAxis: (key: string) => (own ? metricAxis(key)[locale] : key),
    };
  }, [locale, timeZone, words, own]);
}

type Formats = ReturnType<typeof makeFormats>;
const made = new Map<string, Formats>();

/** One set of formats for each language: creating a format takes as long as rendering a screen of rows. */
function formatsOf(locale: string): Formats {
  const formats = made.get(locale) ?? makeFormats(locale);
  made.set(locale, formats);
  return formats;
}

const makeFormats = (locale: string) => ({
  whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
  seconds: new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
  minutes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', maximumFractionDigits: 1 }),
});
