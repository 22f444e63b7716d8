'use client';

import { useEffect, useState } from 'react';

type QueryLanguage = typeof import('@whorl/core/query');

let loading: Promise<QueryLanguage> | undefined;

/** The parser of queries, which comes after the page: it is larger than the rest of the table. */
function loadQueryLanguage(): Promise<QueryLanguage> {
  loading ??= import('@whorl/core/query');
  return loading;
}

/** The parser, once it is there. */
export function useQueryLanguage(): QueryLanguage | null {
  const [language, setLanguage] = useState<QueryLanguage | null>(null);
  useEffect(() => {
    let here = true;
    loadQueryLanguage().then(
      (loaded) => here && setLanguage(loaded),
      () => {
        loading = undefined;
      },
    );
    return () => {
      here = false;
    };
  }, []);
  return language;
}
