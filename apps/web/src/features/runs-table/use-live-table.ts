'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { LIVE_STATUSES } from '@whorl/core';
import { useEffect } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Experiment } from '#src/contract/schemas.ts';
import { useGone } from '#src/features/deletion/use-gone.ts';
import { useConnection, useFollow } from '#src/live/live-provider.tsx';
import { refreshTable } from './views/refresh-table.ts';

/**
 * The experiment as it is now. The table is read again when one of its runs starts, ends or is training, and when somebody
 * returns to the page.
 * @param readAt when the page was read, in ms since 1970
 */
export function useLiveTable(
  initial: Experiment,
  readAt: number,
): { readonly experiment: Experiment; readonly connection: 'live' | 'broken' | 'complete' } {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: experiment, error } = useQuery(
    trpc.experiments.get.queryOptions({ experimentId: initial.id }, { initialData: initial }),
  );
  useGone(error);
  useFollow({ since: readAt, experiments: [initial.id] });
  // Names and tags that are changed elsewhere, in another tab or by a teammate, are not part of the live news.
  useEffect(() => {
    const back = () => document.visibilityState === 'visible' && void refreshTable(queries, trpc);
    window.addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      window.removeEventListener('focus', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, [queries, trpc]);
  const isLost = useConnection() === 'broken';
  const training = LIVE_STATUSES.some((status) => (experiment.byStatus[status] ?? 0) > 0);
  return { experiment, connection: isLost ? 'broken' : training ? 'live' : 'complete' };
}
