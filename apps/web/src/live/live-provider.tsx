'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useReach } from '#src/api/reach.tsx';
import { useTRPCClient } from '#src/api/trpc.tsx';
import { apply } from './apply.ts';
import type { Told } from './changes.ts';
import type { Follow } from './follow.ts';
import { type Connection, LivePage, type OpenStream } from './live-page.ts';
import { Refresher } from './refresher.ts';

const LiveContext = createContext<LivePage | null>(null);

function useLive(): LivePage {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive: expected a LiveProvider above');
  return live;
}

const isSeen = (): boolean => document.visibilityState === 'visible';

/** Keeps everything on the page up to date through one stream. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { kind } = useReach();
  const { live, refresher } = useMemo(() => {
    // The pages of a class that watches one share get news at the same moment, so each waits for a random part of the time.
    const refresher = new Refresher(queries, isSeen, kind === 'share' ? Math.random() : 0);
    const open: OpenStream = (input, { onStarted, onEvent, onLost, onEnded, onFailed }) => {
      const { unsubscribe } = client.live.watch.subscribe(input, {
        onStarted,
        onData: ({ id, data }) => onEvent(id, data),
        onError: ({ data }) => onFailed(data !== null && data !== undefined),
        onConnectionStateChange: ({ state }) => {
          if (state === 'connecting') onLost();
          if (state === 'idle') onEnded();
        },
      });
      return unsubscribe;
    };
    const live: LivePage = new LivePage(open, {
      onEvent: (event) => apply(event, queries, refresher, live.told),
      // The server limits the number of streams. Data are then fetched again each time that a stream is refused.
      onRefused: () => {
        for (const { queryKey } of queries.getQueryCache().findAll({ type: 'active' })) refresher.again(queryKey, 0);
      },
      onBack: () => refresher.retry(),
    });
    return { live, refresher };
  }, [client, queries, kind]);
  useEffect(() => {
    const stop = refresher.start();
    const onSeen = () => {
      live.seen(isSeen());
      if (isSeen()) refresher.wake();
    };
    onSeen(); // the page may have been opened in the background
    document.addEventListener('visibilitychange', onSeen);
    return () => {
      document.removeEventListener('visibilitychange', onSeen);
      live.stop();
      stop();
    };
  }, [live, refresher]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

/**
 * Follows something while a component is mounted.
 * @param follow null for nothing
 */
export function useFollow(follow: Follow | null): void {
  const live = useLive();
  const part = useRef({});
  // As text, so that an equal object does not cause a change.
  const text = JSON.stringify(follow);
  useEffect(() => {
    const { current } = part;
    const wanted = JSON.parse(text) as Follow | null;
    if (wanted === null) return;
    live.follow(current, wanted);
    return () => live.unfollow(current);
  }, [live, text]);
}

/** The state of the connection. */
export function useConnection(): Connection {
  const live = useLive();
  return useSyncExternalStore(live.onConnection, live.connection, () => 'reading' as const);
}

/** What the page was told recently, for answers that were under way. */
export function useTold(): () => Told {
  const live = useLive();
  return useMemo(() => () => live.told, [live]);
}
