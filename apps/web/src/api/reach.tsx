'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useLocale } from 'use-intl/react';
import { localePath } from '#src/i18n/locales.ts';
import { ApiProvider } from './trpc.tsx';

/** What the viewer can get to, the whole app or one share: where links lead, and from where files are fetched. */
export interface Reach {
  readonly kind: 'owner' | 'share';
  readonly runHref: (runId: string) => string;
  /** Null where the viewer may not see experiments. */
  readonly experimentHref: ((experimentId: string) => string) | null;
  readonly compareHref: ((runIds: readonly string[]) => string) | null;
  /** The comparison of all runs of an experiment; null where the viewer may not see it. */
  readonly compareAllHref: ((experimentId: string, view?: URLSearchParams) => string) | null;
  readonly artifactUrl: (runId: string, artifactId: number) => string;
}

const ReachContext = createContext<Reach | null>(null);

/** What the components below may link to and fetch. */
export function useReach(): Reach {
  const reach = useContext(ReachContext);
  if (!reach) throw new Error('useReach: expected a ReachProvider above');
  return reach;
}

interface Props {
  /** The secret of the share; undefined in the app itself. */
  readonly shareToken?: string;
  /** Whether the share is of an experiment, so that runs have a page to go back to. */
  readonly children: ReactNode;
}

/** Sets the reach, and with it the server's address, for a part of the page. */
export function ReachProvider({ shareToken, children }: Props) {
  const locale = useLocale();
  const reach = useMemo<Reach>(() => {
    if (shareToken === undefined) {
      return {
        kind: 'owner',
        runHref: (id) => localePath(locale, `/runs/${id}`),
        experimentHref: (id) => localePath(locale, `/experiments/${id}`),
        compareHref: (ids) => localePath(locale, `/compare?runs=${ids.join(',')}`),
        compareAllHref: (id, view = new URLSearchParams()) =>
          localePath(locale, `/compare?${new URLSearchParams([['experiment', id], ...view])}`),
        artifactUrl: (runId, id) => `/api/artifacts/${runId}/${id}`,
      };
    }
    const base = `/s/${shareToken}`;
    return {
      kind: 'share',
      runHref: (id) => localePath(locale, `${base}/runs/${id}`),
      experimentHref: () => localePath(locale, base),
      compareHref: null,
      compareAllHref: null,
      artifactUrl: (runId, id) => `${base}/artifacts/${runId}/${id}`,
    };
  }, [locale, shareToken]);
  return (
    <ReachContext.Provider value={reach}>
      <ApiProvider endpoint={shareToken === undefined ? '/api/trpc' : `/s/${shareToken}/trpc`}>{children}</ApiProvider>
    </ReachContext.Provider>
  );
}
