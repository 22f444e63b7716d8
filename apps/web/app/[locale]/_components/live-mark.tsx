'use client';

import { useTranslations } from 'use-intl/react';
import type { Connection } from '#src/live/use-record.ts';

/** Whether the page follows the record right now; nothing where there is nothing to follow. */
export function LiveMark({ connection }: { readonly connection: Connection }) {
  const t = useTranslations('live');
  if (connection === 'complete') return null;
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
