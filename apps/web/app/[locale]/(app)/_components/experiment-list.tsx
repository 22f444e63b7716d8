'use client';

import { useQuery } from '@tanstack/react-query';
import { RUN_STATUSES } from '@whorl/core';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPC } from '#src/api/trpc.tsx';
import { PageLink } from '#src/components/ui/page-link.tsx';
import { StatusMark } from '#src/components/ui/status-mark.tsx';
import { useFormat } from '#src/i18n/use-format.ts';
import type { Experiment } from '#src/server/schemas.ts';

const REFRESH_MS = 5_000;

/** A row an experiment. The newest ones keep up with what happens. */
export function ExperimentList({ experiments }: { readonly experiments: readonly Experiment[] }) {
  const t = useTranslations('experiments');
  const { experimentHref } = useReach();
  const { moment } = useFormat();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.list.queryOptions({}, { refetchInterval: REFRESH_MS }));
  const latest = new Map(data?.items.map((item) => [item.id, item]));
  return (
    <div className="mt-6 overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('study')}</th>
            <th scope="col">{t('runs')}</th>
            <th scope="col" className="number">
              {t('activity')}
            </th>
          </tr>
        </thead>
        <tbody>
          {experiments
            .map((item) => latest.get(item.id) ?? item)
            .map(({ id, name, study, byStatus, updatedAt }) => (
              <tr key={id} data-experiment={id}>
                <td className="max-w-[40ch] truncate text-body">
                  <PageLink className="link" href={experimentHref?.(id) ?? ''} title={name}>
                    {name}
                  </PageLink>
                </td>
                <td className="font-mono">{study}</td>
                <td>
                  <span className="flex flex-wrap gap-x-4">
                    {RUN_STATUSES.map((status) =>
                      byStatus[status] > 0 ? (
                        <StatusMark key={status} status={status} count={byStatus[status]} />
                      ) : null,
                    )}
                  </span>
                </td>
                <td className="number text-muted">{moment(updatedAt)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
