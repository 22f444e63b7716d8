'use client';

import { useEffect, useState } from 'react';

export type QueryLanguage = typeof import('@whorl/core/query');

let loading: Promise<QueryLanguage> | undefined;

/** The parser is loaded at the latest after this long. */
const IDLE_MS = 2000;

/** The query parser, which is larger than the rest of the table. */
function loadQueryLanguage(): Promise<QueryLanguage> {
  loading ??= import('@whorl/core/query');
  return loading;
}

/** The query parser, once it is loaded. Loading starts when the page is idle. */
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
    // Safari has no requestIdleCallback.
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
