'use client';

import { useTranslations } from 'use-intl/react';
import type { Look } from '#src/comparison/colours.ts';
import { type Configuration, summaryOf } from '#src/comparison/configurations.ts';
import { Swatch } from '#src/components/ui/swatch.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Run } from '#src/server/schemas.ts';
import { useConfigurationName } from './configuration-label.tsx';

interface Props {
  readonly configurations: readonly Configuration<Run>[];
  readonly looks: ReadonlyMap<string, Look>;
}

const SUMMARIZED = ['accuracy', 'loss'] as const;

/** What each configuration reached, over its seeds. */
export function ConfigurationTable({ configurations, looks }: Props) {
  const t = useTranslations('experiment');
  const { metricName, whole } = useFormat();
  const nameOf = useConfigurationName();
  return (
    <div className="overflow-x-auto">
      <table className="table max-w-[56rem]">
        <thead>
          <tr>
            <th scope="col">{t('configuration')}</th>
            <th scope="col" className="number">
              {t('runsColumn')}
            </th>
            {SUMMARIZED.map((key) => (
              <th key={key} scope="col" className="number">
                {metricName(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {configurations.map(({ key, values, runs }) => {
            const finished = runs.filter((run) => run.status === 'finished');
            const look = looks.get(runs[0]?.id ?? '');
            return (
              <tr key={key} data-configuration={nameOf(values)}>
                <th scope="row" className="!text-ink">
                  <span className="inline-flex items-center gap-2">
                    {look && <Swatch look={look} />}
                    <span className="max-w-[40ch] truncate" title={nameOf(values)}>
                      {nameOf(values) || t('onlyConfiguration')}
                    </span>
                  </span>
                </th>
                <td className="number">{whole(finished.length)}</td>
                {SUMMARIZED.map((metric) => (
                  <td key={metric} className="number">
                    <MeanAndSpread runs={finished} metric={metric} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function MeanAndSpread({ runs, metric }: { readonly runs: readonly Run[]; readonly metric: string }) {
  const t = useTranslations('experiment');
  const format = useFormat();
  const summary = summaryOf(runs, metric);
  if (!summary) return <span className="text-muted">{t('noFinished')}</span>;
  return (
    <>
      {format.metric(summary.mean)}
      {summary.sd !== null && <span className="text-muted"> ± {format.metric(summary.sd)}</span>}
    </>
  );
}
