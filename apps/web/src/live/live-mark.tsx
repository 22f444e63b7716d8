'use client';

import { useTranslations } from 'use-intl/react';
import type { Connection } from './live-page.ts';

interface Props {
  /** `complete`: what is shown has ended, so there is nothing to follow. */
  readonly connection: Connection | 'complete';
  /** Whether a run in view trains. */
  readonly training: boolean;
}

/** That a run in view is training and the page follows it, or that the page has lost the record; otherwise nothing. */
export function LiveMark({ connection, training }: Props) {
  const t = useTranslations('live');
  if (connection === 'complete' || (!training && connection !== 'broken')) return null;
  const colour = { reading: 'text-muted', live: 'text-accent', broken: 'text-caution' }[connection];
  return (
    <span
      className={`inline-flex items-center gap-[6px] text-small ${colour}`}
      role="status"
      data-connection={connection}
    >
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true">
        <circle
          cx="4"
          cy="4"
          r="3"
          fill={connection === 'live' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      </svg>
      {t(connection)}
    </span>
  );
}
