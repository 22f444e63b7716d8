import { useMemo } from 'react';
import { useTranslations } from 'use-intl/react';
import type { LineAxis } from '#src/charts/line-chart.tsx';
import type { Axis } from '#src/contract/axes.ts';
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
  const { value } = useFormat();
  const end = view?.[1] ?? 0;
  return useMemo(() => {
    if (x === 'time') {
      const { name, seconds } = UNITS.find(({ from }) => end >= from) ?? UNITS[2];
      const placeText = (at: number) => t(`placeTime_${name}`, { value: value(Number((at / seconds).toPrecision(5))) });
      return { name: t(`axisTime_${name}`), column: 'seconds', unit: seconds, whole: false, placeText };
    }
    if (x === 'epoch') {
      const placeText = (at: number) => t('placeEpoch', { value: value(Number(at.toPrecision(6))) });
      return { name: t('axisEpoch'), column: 'epoch', unit: 1, whole: false, placeText };
    }
    const placeText = (at: number) => t('placeStep', { step: String(at) });
    return { name: metrics('stepAxis'), column: 'step', unit: 1, whole: true, placeText };
  }, [x, end, t, metrics, value]);
}
