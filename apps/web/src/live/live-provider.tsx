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

/** Keeps what the parts of a page show up to date, by one stream. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { kind } = useReach();
  const { live, refresher } = useMemo(() => {
    // Who has a link may be one of a class, whose pages are told at the same moment.
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
      // A server may have as many streams as it can have. What is shown is then asked for as often as the stream is.
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
    onSeen(); // it may have been opened behind another one
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
 * Follows something for as long as a component is there.
 * @param follow null where there is nothing to follow
 */
export function useFollow(follow: Follow | null): void {
  const live = useLive();
  const part = useRef({});
  // A text, so that a new object that says the same changes nothing.
  const text = JSON.stringify(follow);
  useEffect(() => {
    const { current } = part;
    const wanted = JSON.parse(text) as Follow | null;
    if (wanted === null) return;
    live.follow(current, wanted);
    return () => live.unfollow(current);
  }, [live, text]);
}

/** Whether news reach the page. */
export function useConnection(): Connection {
  const live = useLive();
  return useSyncExternalStore(live.onConnection, live.connection, () => 'reading' as const);
}

/** What the page was told lately, for what is read meanwhile. */
export function useTold(): () => Told {
  const live = useLive();
  return useMemo(() => () => live.told, [live]);
}
