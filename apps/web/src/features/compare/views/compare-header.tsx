'use client';

import { LIVE_STATUSES } from '@whorl/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useReach } from '#src/api/reach.tsx';
import type { Overview } from '#src/contract/comparison.ts';
import type { Status } from '#src/contract/schemas.ts';
import { LiveMark } from '#src/live/live-mark.tsx';
import { useConnection } from '#src/live/live-provider.tsx';
import { PageLink } from '#src/ui/page-link.tsx';
import { StatusMark } from '#src/ui/status-mark.tsx';

interface Props {
  readonly overview: Overview;
  readonly actions?: ReactNode;
}

/** What is compared: how many runs, of which experiments, in which states. */
export function CompareHeader({ overview, actions }: Props) {
  const t = useTranslations('comparison');
  const { experimentHref } = useReach();
  const { runs, seeds, byStatus, experiments, missing } = overview;
  const statuses = Object.entries(byStatus) as [Status, number][];
  const isLost = useConnection() === 'broken';
  const isLive = statuses.some(([status]) => LIVE_STATUSES.includes(status));
  return (
    <header>
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
        <h1 className="text-display font-semibold">{t('title', { count: runs })}</h1>
        {actions}
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-muted">
        {experiments.map(({ id, name }) => (
          <span key={id} className="max-w-[40ch] truncate" title={name}>
            {experimentHref ? (
              <PageLink className="link" href={experimentHref(id)}>
                {name}
              </PageLink>
            ) : (
              name
            )}
          </span>
        ))}
        <span>{t('seedsN', { count: seeds })}</span>
        {statuses.map(([status, count]) => (
          <StatusMark key={status} status={status} count={count} />
        ))}
        <LiveMark connection={isLost ? 'broken' : 'live'} training={isLive} />
      </div>
      {missing.count > 0 && (
        <p role="note" className="mt-2 text-small break-words text-caution">
          {t('missing', { count: missing.count, ids: missing.ids.join(', ').slice(0, 300) })}
        </p>
      )}
    </header>
  );
}
