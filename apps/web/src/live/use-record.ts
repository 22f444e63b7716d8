'use client';

import { LIVE_STATUSES } from '@whorl/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTRPCClient } from '#src/api/trpc.tsx';
import { readCursor } from '#src/contract/cursor.ts';
import type { Run } from '#src/contract/schemas.ts';
import type { Target } from '#src/contract/target.ts';
import { behind, type News, type PageRecord, withNews } from './record.ts';

export interface Following {
  /** Follow these, where they are not the initial runs: of an experiment, the ones that are still to come included. */
  readonly target?: Target;
  /** Whether something may come of the target, where the page does not know its runs. */
  readonly live?: boolean;
  /** The metrics whose series the page needs for itself. What charts show they say by `follow`. */
  readonly keys?: readonly string[];
  /** Whether decision boundaries are shown. */
  readonly frames?: boolean;
}

/** `complete`: every run had ended when the page was read, so there is nothing to follow. */
export type Connection = 'reading' | 'live' | 'broken' | 'complete';

/** Metrics that a chart draws, and whether over time. */
export interface Followed {
  readonly keys: readonly string[];
  readonly times: boolean;
}

/** A page's record as it grows, for what draws it. */
export interface LiveRecord extends PageRecord {
  readonly connection: Connection;
  /** When the page was read, in ms since 1970 by the server's clock. */
  readonly readAt: number;
  /** Says which metrics' points shall come as they are recorded. */
  readonly follow: (followed: Followed) => void;
  /** Hears of news as they come. @returns how to stop hearing */
  readonly listen: (listener: (news: News) => void) => () => void;
}

/** How many runs one request asks for. */
const BATCH = 50;

/**
 * The record of some runs, read once and then followed as it grows.
 * @param initial the runs as the server rendered them at `readAt` (ms since 1970, its clock)
 */
export function useRecord(initial: readonly Run[], readAt: number, following: Following): LiveRecord {
  const { live = false, keys = NONE, frames = false } = following;
  const client = useTRPCClient();
  const [record, setRecord] = useState<PageRecord>({ runs: initial, series: new Map(), frames: [], points: [] });
  const [connection, setConnection] = useState<Connection>('reading');
  const [followed, setFollowed] = useState<Followed>({ keys: NONE, times: false });
  const known = useRef(record);
  const [attempt, setAttempt] = useState(0);
  const failures = useRef(0);
  const listeners = useRef(new Set<(news: News) => void>());
  // A later connection starts from where the page is then.
  const since = useRef(readAt);

  // Texts, so that a new array of the same keys does not start again.
  const target = JSON.stringify(following.target ?? { runIds: initial.map(({ id }) => id) });
  const own = JSON.stringify(keys);
  const wanted = JSON.stringify(fitting([...new Set([...keys, ...followed.keys])]).sort());
  const { times } = followed;

  const learn = useCallback(
    (news: News) => {
      known.current = withNews(known.current, news, JSON.parse(own) as string[]);
      setRecord(known.current);
      for (const listener of listeners.current) listener(news);
    },
    [own],
  );

  const read = useCallback(
    async (runIds: readonly string[], signal: AbortSignal) => {
      const kept = JSON.parse(own) as string[];
      for (let at = 0; at < runIds.length; at += BATCH) {
        const batch = { target: { runIds: runIds.slice(at, at + BATCH) } };
        const curves = kept.map(async (key) => {
          const answer = await client.curves.chart.query({ ...batch, key, x: 'step', buckets: 1000 }, { signal });
          return { key, curves: answer.curves };
        });
        const boundary = frames ? client.runs.boundary.query(batch.target, { signal }) : null;
        const news = { read: await Promise.all(curves), ...(await boundary) };
        if (signal.aborted) return;
        learn(news);
      }
    },
    [client, own, frames, learn],
  );

  useEffect(() => {
    const abort = new AbortController();
    const runIds = known.current.runs.map(({ id }) => id);
    const needed = (own !== '[]' || frames) && runIds.length > 0;
    (needed ? read(runIds, abort.signal) : Promise.resolve()).catch(() => {
      if (!abort.signal.aborted) setConnection('broken');
    });
    return () => abort.abort();
  }, [read, own, frames]);

  const all = following.target !== undefined && 'experimentId' in following.target;
  // Of runs that had ended nothing comes; of others, something may come even after they ended.
  const mayGrow = all || live || initial.some(({ status }) => LIVE_STATUSES.includes(status));
  useEffect(() => {
    if (!mayGrow) return;
    const abort = new AbortController();
    const kept = JSON.parse(own) as string[];
    let again: ReturnType<typeof setTimeout> | undefined;
    const subscription = client.live.watch.subscribe(
      {
        target: JSON.parse(target) as Target,
        keys: JSON.parse(wanted) as string[],
        frames,
        times,
        since: since.current,
      },
      {
        onStarted: () => {
          failures.current = 0;
          setConnection('live');
        },
        onData: ({ id, data }: { id: string; data: News }) => {
          since.current = readCursor(id)?.since ?? since.current;
          const missing = behind(known.current, data, kept);
          learn(data);
          if (missing.length > 0) read(missing, abort.signal).catch(() => {});
        },
        onError: () => {
          setConnection('broken');
          again = setTimeout(() => setAttempt((before) => before + 1), pauseAfter(failures.current++));
        },
        onConnectionStateChange: ({ state }: { state: string }) =>
          setConnection(state === 'pending' ? 'live' : state === 'connecting' ? 'reading' : 'broken'),
      },
    );
    return () => {
      clearTimeout(again);
      abort.abort();
      subscription.unsubscribe();
    };
  }, [attempt, target, wanted, own, times, frames, mayGrow, client, learn, read]);

  const follow = useCallback((next: Followed) => {
    setFollowed((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  }, []);
  const listen = useCallback((listener: (news: News) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const ended = !all && record.runs.every(({ status }) => !LIVE_STATUSES.includes(status));
  const shown = ended ? 'complete' : connection;
  return useMemo(
    () => ({ ...record, connection: shown, readAt, follow, listen }),
    [record, shown, readAt, follow, listen],
  );
}

/** How long to wait, in ms, after so many connections that failed one after another: a server may have too many at once. */
export const pauseAfter = (failures: number): number => Math.min(30_000, 2_000 * 2 ** failures);

const NONE: readonly string[] = [];

/** A subscription's keys travel in its address, with the cursor; a server reads 16 kB of both. */
const MOST_CHARACTERS = 4_000;

/** The first of the keys, as many as an address takes. */
export function fitting(keys: readonly string[]): string[] {
  let room = MOST_CHARACTERS;
  return keys.filter((key) => {
    room -= encodeURIComponent(JSON.stringify(key)).length + 3;
    return room >= 0;
  });
}
