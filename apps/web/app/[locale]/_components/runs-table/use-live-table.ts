'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Experiment } from '#src/server/schemas.ts';
import { useStable } from './use-stable.ts';

const LOOK_MS = 1_000;

/**
 * The experiment as it is now. When a run of it started, ended or is training, and when somebody comes back to the page,
 * what the table shows is read again; a page in the background, and an experiment in which nothing happens, ask for
 * nothing more.
 */
export function useLiveTable(initial: Experiment): {
  readonly experiment: Experiment;
  readonly connection: 'live' | 'broken';
} {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: read = initial, isError } = useQuery(
    trpc.experiments.get.queryOptions(
      { experimentId: initial.id },
      { initialData: initial, refetchInterval: LOOK_MS, staleTime: LOOK_MS },
    ),
  );
  // It has dates, which are never the same: without this the page is drawn again every second.
  const data = useStable(read);
  const sign = signOf(data);
  const seen = useRef(signOf(initial));
  useEffect(() => {
    if (sign === seen.current) return;
    seen.current = sign;
    void refreshTable(queries, trpc);
  }, [sign, queries, trpc]);
  // Names and tags that were given elsewhere, in another tab or by a teammate, are no news of training.
  useEffect(() => {
    const back = () => document.visibilityState === 'visible' && void refreshTable(queries, trpc);
    window.addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      window.removeEventListener('focus', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, [queries, trpc]);
  const training = (data.byStatus.running ?? 0) + (data.byStatus.queued ?? 0) > 0;
  useEffect(() => {
    if (!training) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refreshTable(queries, trpc);
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [training, queries, trpc]);
  return { experiment: data, connection: isError ? 'broken' : 'live' };
}

/** A text that differs when runs came, went or ended. */
const signOf = ({ updatedAt, runs, byStatus }: Experiment): string =>
  `${updatedAt.getTime()} ${runs} ${JSON.stringify(byStatus)}`;

type Queries = ReturnType<typeof useQueryClient>;
type Api = ReturnType<typeof useTRPC>;

/** Reads again what is shown of the runs; what is not shown is read when it is. */
export async function refreshTable(queries: Queries, trpc: Api): Promise<void> {
  await Promise.all(
    [trpc.runs.table.pathKey(), trpc.runs.fields.pathKey(), trpc.grouping.groups.pathKey()].map((queryKey) =>
      queries.invalidateQueries({ queryKey }, { cancelRefetch: false }),
    ),
  );
}
