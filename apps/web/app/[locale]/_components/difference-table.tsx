'use client';

import { useTranslations } from 'use-intl/react';
import { StatusMark } from '#src/components/ui/status-mark.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import { lastOf } from './metric-keys.ts';
import type { NamedRun } from './named-run.ts';
import { RunLabel } from './run-label.tsx';

interface Props {
  readonly runs: readonly NamedRun[];
  readonly varying: readonly string[];
  readonly keys: readonly string[];
}

/** A row a run: the values in which it differs from the others, and what it reached. */
export function DifferenceTable({ runs, varying, keys }: Props) {
  const t = useTranslations('compare');
  const experiment = useTranslations('experiment');
  const { value, metric, metricName } = useFormat();
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{experiment('run')}</th>
            {varying.map((path) => (
              <th key={path} scope="col" className="font-mono">
                {path}
              </th>
            ))}
            <th scope="col" className="number">
              {experiment('seed')}
            </th>
            <th scope="col">{experiment('status')}</th>
            {keys.map((key) => (
              <th key={key} scope="col" className="number">
                {metricName(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((named) => (
            <tr key={named.run.id} data-run={named.run.id}>
              <td className="max-w-[32ch]">
                <RunLabel named={named} />
              </td>
              {varying.map((path) => {
                const item = named.run.params[path];
                return (
                  <td key={path}>
                    {item === undefined ? <span className="text-muted">{t('absent')}</span> : value(item)}
                  </td>
                );
              })}
              <td className="number">{named.run.seed}</td>
              <td>
                <StatusMark status={named.run.status} />
              </td>
              {keys.map((key) => {
                const last = lastOf(named.run, key);
                return (
                  <td key={key} className="number">
                    {last === undefined ? '–' : metric(last)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
