'use client';

import { useTranslations } from 'use-intl/react';
import { Scroller } from '#src/components/ui/scroller.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Run } from '#src/server/schemas.ts';

/** Each metric of a run: its last, least and greatest value, and the steps where it had them. */
export function RunMetrics({ metrics }: { readonly metrics: Run['metrics'] }) {
  const t = useTranslations('runMetrics');
  const { metricName } = useFormat();
  if (metrics.length === 0) return <p className="text-small text-muted">{t('none')}</p>;
  return (
    <Scroller label={t('table')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('metric')}</th>
            {(['last', 'min', 'max', 'points'] as const).map((column) => (
              <th key={column} scope="col" className="number">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map(({ key, last, lastStep, min, minStep, max, maxStep, count }) => (
            <tr key={key} data-metric={key}>
              <th scope="row" className="max-w-[32ch] !whitespace-normal">
                <span className="block text-ink [overflow-wrap:anywhere]">{metricName(key)}</span>
                {metricName(key) !== key && (
                  <code className="font-mono text-muted [overflow-wrap:anywhere]">{key}</code>
                )}
              </th>
              <At value={last} step={lastStep} />
              <At value={min} step={minStep} />
              <At value={max} step={maxStep} />
              <td className="number">{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

function At({ value, step }: { readonly value: number; readonly step: number | null }) {
  const t = useTranslations('runMetrics');
  const { metric } = useFormat();
  return (
    <td className="number">
      <span className="block">{metric(value)}</span>
      <span className="block text-muted">{step === null ? '–' : t('step', { step: String(step) })}</span>
    </td>
  );
}
