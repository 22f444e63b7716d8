'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import type { Language } from '@whorl/core';
import { type ReactNode, useRef, useState } from 'react';
import { useLocale } from 'use-intl/react';
import type { AppRouter } from '#src/api/router.ts';
import { anyKeys } from '#src/contract/any-keys.ts';
import { PrintKey } from './print-key.tsx';
import { inReadersLanguage } from './reader-language.ts';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** How many calls go into one request; fewer than the server accepts. */
const MOST_AT_ONCE = 16;

/** A request whose address would be longer than this many characters is sent as a POST. */
const LONGEST_QUESTION = 6_000;

const isLong = (input: unknown): boolean => encodeURIComponent(JSON.stringify(input ?? null)).length > LONGEST_QUESTION;

interface Props {
  /** The address of the procedures: of the whole record, or of a share. */
  readonly endpoint: string;
  readonly children: ReactNode;
}

/** Lets the components below ask the server. */
export function ApiProvider({ endpoint, children }: Props) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false } } }),
  );
  const locale = useLocale();
  const language = useRef<Language>('en');
  language.current = locale === 'zh' ? 'zh' : 'en';
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        inReadersLanguage(() => language.current),
        splitLink({
          condition: (operation) => operation.type === 'subscription',
          true: httpSubscriptionLink({ url: endpoint, transformer: anyKeys }),
          false: splitLink({
            condition: (operation) => isLong(operation.input),
            true: httpBatchLink({
              url: endpoint,
              transformer: anyKeys,
              methodOverride: 'POST',
              maxItems: MOST_AT_ONCE,
            }),
            false: splitLink({
              // Not batched with others, so that each chart is drawn as soon as its own curves arrive.
              condition: ({ path }) => path.startsWith('curves.'),
              true: httpLink({ url: endpoint, transformer: anyKeys }),
              false: httpBatchLink({
                url: endpoint,
                transformer: anyKeys,
                maxURLLength: 12_000,
                maxItems: MOST_AT_ONCE,
              }),
            }),
          }),
        }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <PrintKey />
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
