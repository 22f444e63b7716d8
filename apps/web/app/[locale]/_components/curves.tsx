'use client';

import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { LineChart } from '#src/components/charts/line-chart.tsx';
import type { Line } from '#src/components/charts/line-option.ts';
import { useFormat } from '#src/i18n/use-format.ts';

interface Props {
  /** The lines of each metric. */
  readonly charts: readonly { readonly key: string; readonly lines: readonly Line[] }[];
  readonly reading: boolean;
}

/** One chart a metric, side by side where there is room. */
export function Curves({ charts, reading }: Props) {
  return (
    <div className="grid gap-x-8 gap-y-8 lg:grid-cols-2">
      {charts.map(({ key, lines }) => (
        <Curve key={key} metric={key} lines={lines} reading={reading} />
      ))}
    </div>
  );
}

function Curve({
  metric,
  lines,
  reading,
}: {
  readonly metric: string;
  readonly lines: readonly Line[];
  readonly reading: boolean;
}) {
  const t = useTranslations('chart');
  const texts = useTranslations('metrics');
  const { metricName, metricAxis } = useFormat();
  const [logarithmic, setLogarithmic] = useState(false);
  const range = useMemo(() => (metric === 'accuracy' ? ([0, 1] as const) : undefined), [metric]);
  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-8 items-center justify-between gap-4">
        <h3 className="font-medium">{metricName(metric)}</h3>
        {metric !== 'accuracy' && (
          <label className="inline-flex items-center gap-2 text-small text-muted">
            <input
              type="checkbox"
              className="accent-accent"
              checked={logarithmic}
              onChange={(event) => setLogarithmic(event.target.checked)}
            />
            {t('logarithmic')}
          </label>
        )}
      </div>
      <LineChart
        title={metricName(metric)}
        lines={lines}
        reading={reading}
        x={texts('stepAxis')}
        y={metricAxis(metric)}
        range={range}
        logarithmic={logarithmic}
      />
    </div>
  );
}
