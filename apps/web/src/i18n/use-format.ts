'use client';

import { useMemo } from 'react';
import { useLocale, useTimeZone, useTranslations } from 'use-intl/react';

/** Numbers, times and names of metrics as the reader's language writes them. */
export function useFormat() {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const t = useTranslations('metrics');
  return useMemo(() => {
    const { significant, fixed, tiny, whole, seconds, minutes, moment } = formatsOf(locale, timeZone);
    const real = (value: number, format: (value: number) => string): string => {
      if (Number.isNaN(value)) return 'NaN';
      if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
      return format(value);
    };
    return {
      locale,
      /** A measured value, with the same number of decimals in every row so that they line up. */
      metric: (value: number) =>
        real(value, (finite) => {
          const size = Math.abs(finite);
          return size !== 0 && (size < 5e-4 || size >= 1e6) ? tiny.format(finite) : fixed.format(finite);
        }),
      /** A value of a config, as short as it goes. */
      value: (value: unknown): string =>
        typeof value === 'number'
          ? real(value, (finite) =>
              Math.abs(finite) < 1e-3 && finite !== 0 ? tiny.format(finite) : significantOf(significant, finite),
            )
          : String(value),
      whole: (value: number) => real(value, (finite) => whole.format(finite)),
      duration: (ms: number) => (ms < 90_000 ? seconds.format(ms / 1000) : minutes.format(ms / 60_000)),
      moment: (date: Date) => moment.format(date),
      /** What a metric is called. */
      metricName: (key: string) => {
        if (isNamed(key)) return t(key);
        const layer = layerMetric(key);
        return layer ? t(layer.measure, { layer: layer.layer }) : key;
      },
      /** What a metric is called on an axis, with its unit. */
      metricAxis: (key: string) => {
        if (isNamed(key)) return t(`${key}Axis`);
        const layer = layerMetric(key);
        return layer ? t(`${layer.measure}Axis`) : key;
      },
    };
  }, [locale, timeZone, t]);
}

/** Metrics of no layer that have a name in the reader's language. */
const NAMED = ['loss', 'accuracy', 'gradientRatio', 'initialGradientRatio'] as const;
const isNamed = (key: string): key is (typeof NAMED)[number] => (NAMED as readonly string[]).includes(key);

type Formats = ReturnType<typeof makeFormats>;
const made = new Map<string, Formats>();

/** One set a language: a format takes as long to make as a screen of table rows to draw. */
function formatsOf(locale: string, timeZone: string | undefined): Formats {
  const key = `${locale} ${timeZone}`;
  const formats = made.get(key) ?? makeFormats(locale, timeZone);
  made.set(key, formats);
  return formats;
}

const makeFormats = (locale: string, timeZone: string | undefined) => ({
  significant: new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 }),
  fixed: new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
  tiny: scientific(new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 3 })),
  whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
  seconds: new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
  minutes: new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', maximumFractionDigits: 1 }),
  moment: new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }),
});

/** With a small e, as the command line reads and writes it. */
const scientific = (format: Intl.NumberFormat) => ({
  format: (value: number): string => format.format(value).replace('E', 'e'),
});

const LAYER_MEASURES = ['gradientNorm', 'activationMean', 'activationStd', 'deadUnits'] as const;

/** What a layer probe measured, and of which layer: `gradientNorm.2`. */
function layerMetric(key: string): { measure: (typeof LAYER_MEASURES)[number]; layer: string } | null {
  const [name, layer = '', ...rest] = key.split('.');
  const measure = LAYER_MEASURES.find((known) => known === name);
  return measure && /^\d+$/.test(layer) && rest.length === 0 ? { measure, layer } : null;
}

/** Integers as they are: a seed or a count of epochs has no thousands separator to be copied by mistake. */
const significantOf = (format: Intl.NumberFormat, value: number): string =>
  Number.isInteger(value) ? String(value) : format.format(value);
