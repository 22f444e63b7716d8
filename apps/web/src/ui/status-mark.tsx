'use client';

import type { RunStatus } from '@whorl/core';
import { useTranslations } from 'use-intl/react';

// The shape shows the status as well as the colour: a ring has not ended, a disc finished, a cross went wrong.
const LOOKS: Readonly<Record<RunStatus, { readonly colour: string; readonly shape: 'ring' | 'disc' | 'cross' }>> = {
  running: { colour: 'text-accent', shape: 'ring' },
  finished: { colour: 'text-muted', shape: 'disc' },
  failed: { colour: 'text-alarm', shape: 'cross' },
  interrupted: { colour: 'text-caution', shape: 'cross' },
  crashed: { colour: 'text-alarm', shape: 'cross' },
};

interface Props {
  readonly status: RunStatus;
  readonly count?: number;
  /** Whether the run is training but was asked to stop. */
  readonly stopping?: boolean;
}

/** A run's status as a mark and a word, optionally with a count. */
export function StatusMark({ status, count, stopping = false }: Props) {
  const t = useTranslations('status');
  const { colour, shape } = LOOKS[status];
  return (
    <span className="inline-flex items-center gap-[6px] whitespace-nowrap" data-status={status}>
      <svg width="8" height="8" viewBox="0 0 8 8" className={colour} aria-hidden="true">
        {shape === 'ring' && <circle cx="4" cy="4" r="3" fill="none" stroke="currentColor" strokeWidth="2" />}
        {shape === 'disc' && <circle cx="4" cy="4" r="3.5" fill="currentColor" />}
        {shape === 'cross' && <path d="M1 1l6 6M7 1L1 7" stroke="currentColor" strokeWidth="2" />}
      </svg>
      {count !== undefined && <span>{count}</span>}
      <span className={status === 'finished' ? '' : colour}>
        {t(stopping && status === 'running' ? 'stopping' : status)}
      </span>
    </span>
  );
}
