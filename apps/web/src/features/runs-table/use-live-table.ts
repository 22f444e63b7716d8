'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { Experiment } from '#src/contract/schemas.ts';
import { LOOK_MS, useExperiment } from '#src/live/use-experiment.ts';
import { refreshTable } from './views/refresh-table.ts';

/**
 * The experiment as it is now. When a run of it started, ended or is training, and when somebody comes back to the page,
 * what the table shows is read again; a page in the background, and an experiment in which nothing happens, ask for
 * nothing more.
 */
export function useLiveTable(initial: Experiment): {
  readonly experiment: Experiment;
  readonly connection: 'live' | 'broken' | 'complete';
} {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { experiment, isError } = useExperiment(initial.id, initial, () => void refreshTable(queries, trpc));
  const data = experiment ?? initial;
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
  // What failed while the server could not be reached is asked for again.
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !isError) void refreshTable(queries, trpc);
    wasLost.current = isError;
  }, [isError, queries, trpc]);
  const training = (data.byStatus.running ?? 0) > 0;
  useEffect(() => {
    if (!training) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refreshTable(queries, trpc, { again: false });
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [training, queries, trpc]);
  return { experiment: data, connection: isError ? 'broken' : training ? 'live' : 'complete' };
}
