import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '#src/contract/live.ts';
import { type Answered, changesOf, type Told } from './changes.ts';
import type { Refresher } from './refresher.ts';

/** What a page has of a procedure; null of a query that is of none. */
function answeredBy(queryKey: QueryKey, data: unknown): (Answered & { readonly queryKey: QueryKey }) | null {
  const [path, asked] = queryKey as [unknown, { readonly input?: unknown } | undefined];
  return Array.isArray(path) ? { path: path.join('.'), input: asked?.input, data, queryKey } : null;
}

/** Puts news into the answers that the page has, and asks again for those that it cannot be put into. */
export function apply(event: LiveEvent, queries: QueryClient, refresher: Refresher, told: Told): void {
  const cached = queries.getQueryCache().getAll();
  const answers = cached.flatMap(({ queryKey, state }) => answeredBy(queryKey, state.data) ?? []);
  for (const { of, data, againMs } of changesOf(event, answers, told)) {
    // An answer that nobody looks at is not kept up to date: it is asked for again when somebody does.
    const isShown = queries.getQueryCache().find({ queryKey: of.queryKey })?.isActive() === true;
    if (data !== undefined && isShown) queries.setQueryData(of.queryKey, data);
    if (againMs !== undefined || !isShown) refresher.again(of.queryKey, againMs ?? 0);
  }
}
