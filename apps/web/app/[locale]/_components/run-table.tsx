'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { StatusMark } from '#src/components/ui/status-mark.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import { lastOf } from './metric-keys.ts';
import type { NamedRun } from './named-run.ts';
import { RunLabel } from './run-label.tsx';

interface Props {
  readonly runs: readonly NamedRun[];
  /** The paths that vary, a column each. */
  readonly varying: readonly string[];
}

const SHOWN = ['loss', 'accuracy'] as const;
const MOST_COMPARED = 20;

/** The runs with what they varied and reached. In the app itself, two or more can be chosen and compared. */
export function RunTable({ runs, varying }: Props) {
  const t = useTranslations('experiment');
  const { compareHref } = useReach();
  const { metric, value, duration, metricName } = useFormat();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    setSelected(selected.includes(id) ? selected.filter((item) => item !== id) : [...selected, id]);
  return (
    <div>
      {compareHref && (
        <div className="mb-2 flex min-h-8 flex-wrap items-center gap-4">
          {selected.length >= 2 ? (
            <PageLink className="button button-primary" href={compareHref(selected)}>
              {t('compare')}
            </PageLink>
          ) : (
            <button type="button" className="button" disabled>
              {t('compare')}
            </button>
          )}
          <span className="text-small text-muted" aria-live="polite">
            {selected.length >= 2 ? t('selected', { count: selected.length }) : t('compareHint')}
          </span>
        </div>
      )}
      <div className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              {compareHref && (
                <th scope="col" className="w-8">
                  <span className="sr-only">{t('compare')}</span>
                </th>
              )}
              <th scope="col">{t('run')}</th>
              {varying.map((path) => (
                <th key={path} scope="col" className="font-mono">
                  {path}
                </th>
              ))}
              <th scope="col" className="number">
                {t('seed')}
              </th>
              <th scope="col">{t('status')}</th>
              {SHOWN.map((key) => (
                <th key={key} scope="col" className="number">
                  {metricName(key)}
                </th>
              ))}
              <th scope="col" className="number">
                {t('duration')}
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((named) => {
              const { run } = named;
              const full = selected.length >= MOST_COMPARED && !selected.includes(run.id);
              return (
                <tr key={run.id} data-run={run.id}>
                  {compareHref && (
                    <td>
                      <input
                        type="checkbox"
                        className="size-4 align-[-3px] accent-accent"
                        checked={selected.includes(run.id)}
                        disabled={full}
                        onChange={() => toggle(run.id)}
                        aria-label={t('select', { name: run.name })}
                      />
                    </td>
                  )}
                  <td className="max-w-[32ch]">
                    <RunLabel named={named} />
                  </td>
                  {varying.map((path) => (
                    <td key={path} className="max-w-[24ch] truncate" title={value(run.params[path] ?? '–')}>
                      {value(run.params[path] ?? '–')}
                    </td>
                  ))}
                  <td className="number">{run.seed}</td>
                  <td>
                    <StatusMark status={run.status} />
                  </td>
                  {SHOWN.map((key) => {
                    const last = lastOf(run, key);
                    return (
                      <td key={key} className="number">
                        {last === undefined ? '–' : metric(last)}
                      </td>
                    );
                  })}
                  <td className="number">{run.durationMs === null ? '–' : duration(run.durationMs)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
