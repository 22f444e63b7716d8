import { isoInZone, offsetName } from '@whorl/core';
import { useContext, useMemo } from 'react';
import { useTimeZone, useTranslations } from 'use-intl/react';
import type { LineAxis } from '#src/charts/line-chart.tsx';
import { type Axis, metricOfAxis } from '#src/contract/axes.ts';
import { OwnMetrics } from '#src/i18n/own-metrics.ts';
import { useFormat } from '#src/i18n/use-format.ts';

const UNITS = [
  { name: 'hours', seconds: 3600, from: 2 * 3600 },
  { name: 'minutes', seconds: 60, from: 3 * 60 },
  { name: 'seconds', seconds: 1, from: 0 },
] as const;

/** The name of the horizontal axis, and the texts of its places. */
export function useCurvesAxis(x: Axis, view: readonly [number, number] | null): LineAxis {
  const t = useTranslations('curves');
  const metrics = useTranslations('metrics');
  const { value, metric, metricName, metricAxis } = useFormat();
  const timeZone = useTimeZone() ?? 'UTC';
  // Another program may count anything as its steps.
  const own = useContext(OwnMetrics);
  const end = view?.[1] ?? 0;
  return useMemo(() => {
    if (x === 'time') {
      const { name, seconds } = UNITS.find(({ from }) => end >= from) ?? UNITS[2];
      const placeText = (at: number) => t(`placeTime_${name}`, { value: value(Number((at / seconds).toPrecision(5))) });
      return { name: t(`axisTime_${name}`), column: 'seconds', unit: seconds, whole: false, placeText };
    }
    if (x === 'clock') {
      const zone = offsetName(end * 1000, timeZone);
      const placeText = (at: number) =>
        isoInZone(at * 1000, timeZone)
          .slice(0, 19)
          .replace('T', ' ');
      return { name: t('axisClock', { zone }), column: 'unix_seconds', unit: 1, whole: false, timeZone, placeText };
    }
    if (x === 'epoch') {
      const placeText = (at: number) => t('placeEpoch', { value: value(Number(at.toPrecision(6))) });
      return { name: t('axisEpoch'), column: 'epoch', unit: 1, whole: false, placeText };
    }
    const key = metricOfAxis(x);
    if (key !== null) {
      const placeText = (at: number) => `${metricName(key)} ${metric(at)}`;
      return { name: metricAxis(key), column: key, unit: 1, whole: false, placeText };
    }
    const placeText = (at: number) => t('placeStep', { step: String(at) });
    return { name: metrics(own ? 'stepAxis' : 'step'), column: 'step', unit: 1, whole: true, placeText };
  }, [x, end, t, metrics, value, metric, metricName, metricAxis, timeZone, own]);
}
