'use client';

import { useTranslations } from 'use-intl/react';
import type { Connection } from './live-page.ts';

interface Props {
  /** `complete` means that what is shown has ended, so that nothing is followed. */
  readonly connection: Connection | 'complete';
  /** Whether a run in view trains. */
  readonly training: boolean;
}

/** Shows that a visible run is training and being followed, or that the connection is lost; otherwise nothing. */
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
