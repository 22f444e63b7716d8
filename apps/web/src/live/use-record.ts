'use client';

import { useQueryClient } from '@tanstack/react-query';
import { LIVE_STATUSES } from '@whorl/core';
import { useEffect, useReducer, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '#src/api/trpc.tsx';
import type { Run } from '#src/server/schemas.ts';
import { cursorOf, type News, type PageRecord, withNews } from './record.ts';

export interface Following {
  /** Follow every run of this experiment, the ones that are still to come included. */
  readonly experimentId?: string;
  readonly keys: readonly string[];
  /** Whether decision boundaries are shown. */
  readonly frames?: boolean;
}

/** `complete`: every run had ended when the page was read, so there is nothing to follow. */
export type Connection = 'reading' | 'live' | 'broken' | 'complete';

/** How many runs one request asks for. */
const BATCH = 50;

/**
 * The record of some runs, read once and then followed as it grows.
 * @param initial the runs as the server rendered them at `readAt` (ms since 1970, its clock)
 */
export function useRecord(initial: readonly Run[], readAt: number, following: Following) {
  const { experimentId, keys, frames = false } = following;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [record, tell] = useReducer(withNews, {
    runs: initial,
    series: new Map(),
    frames: [],
    points: [],
  } as PageRecord);
  const [connection, setConnection] = useState<Connection>('reading');
  const latest = useRef(record);
  latest.current = record;

  // One string, so that a new array of the same keys does not start again.
  const wanted = JSON.stringify({ experimentId, keys, frames, runIds: initial.map(({ id }) => id) });

  useEffect(() => {
    const { experimentId, keys, frames, runIds } = JSON.parse(wanted) as {
      experimentId?: string;
      keys: string[];
      frames: boolean;
      runIds: string[];
    };
    const abort = new AbortController();
    let stop = () => {};
    let known: PageRecord = latest.current;
    const learn = (news: News) => {
      if (abort.signal.aborted) return;
      known = withNews(known, news);
      tell(news);
    };

    const read = async () => {
      for (let at = 0; at < runIds.length; at += BATCH) {
        const batch = runIds.slice(at, at + BATCH);
        const [series, boundary] = await Promise.all([
          queries.fetchQuery(trpc.metrics.read.queryOptions({ runIds: batch, keys }, { staleTime: 0 })),
          frames ? queries.fetchQuery(trpc.runs.boundary.queryOptions({ runIds: batch }, { staleTime: 0 })) : null,
        ]);
        learn({ series, ...(boundary ?? {}) });
        if (abort.signal.aborted) return;
      }
    };

    const follow = () => {
      const handlers = {
        onStarted: () => setConnection('live'),
        onData: ({ data }: { data: News }) => learn(data),
        onError: () => setConnection('broken'),
        onConnectionStateChange: ({ state }: { state: string }) =>
          setConnection(state === 'pending' ? 'live' : state === 'connecting' ? 'reading' : 'broken'),
      };
      const from = { keys, frames, cursor: cursorOf(known, keys, readAt) };
      const subscription =
        experimentId === undefined
          ? client.live.runs.subscribe({ ...from, runIds }, handlers)
          : client.live.experiment.subscribe({ ...from, experimentId }, handlers);
      stop = () => subscription.unsubscribe();
    };

    read()
      .then(() => {
        if (abort.signal.aborted) return;
        const mayGrow = experimentId !== undefined || known.runs.some(({ status }) => LIVE_STATUSES.includes(status));
        if (mayGrow) follow();
        else setConnection('complete');
      })
      .catch(() => {
        if (!abort.signal.aborted) setConnection('broken');
      });
    return () => {
      abort.abort();
      stop();
    };
  }, [wanted, readAt, client, queries, trpc]);

  return { ...record, connection };
}
