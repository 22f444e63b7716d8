'use client';

import { useEffect, useState } from 'react';

export type QueryLanguage = typeof import('@whorl/core/query');

let loading: Promise<QueryLanguage> | undefined;

/** At the latest. */
const IDLE_MS = 2000;

/** The parser of queries: it is larger than the rest of the table. */
function loadQueryLanguage(): Promise<QueryLanguage> {
  loading ??= import('@whorl/core/query');
  return loading;
}

/** The parser, once it is there: it comes when the page has nothing else to do. */
export function useQueryLanguage(): QueryLanguage | null {
  const [language, setLanguage] = useState<QueryLanguage | null>(null);
  useEffect(() => {
    let here = true;
    const load = () =>
      loadQueryLanguage().then(
        (loaded) => here && setLanguage(loaded),
        () => {
          loading = undefined;
        },
      );
    // Safari has no idle callback.
    const idle = globalThis.requestIdleCallback?.(load, { timeout: IDLE_MS });
    const timer = idle === undefined ? setTimeout(load, IDLE_MS / 10) : undefined;
    return () => {
      here = false;
      if (idle !== undefined) cancelIdleCallback(idle);
      clearTimeout(timer);
    };
  }, []);
  return language;
}
