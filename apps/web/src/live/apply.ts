import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { LiveEvent } from '#src/contract/live.ts';
import { type Answered, changesOf, type Told } from './changes.ts';
import type { Refresher } from './refresher.ts';

/** The answer in a query of the cache; null for queries that are not of a procedure. */
function answeredBy(queryKey: QueryKey, data: unknown): (Answered & { readonly queryKey: QueryKey }) | null {
  const [path, asked] = queryKey as [unknown, { readonly input?: unknown } | undefined];
  return Array.isArray(path) ? { path: path.join('.'), input: asked?.input, data, queryKey } : null;
}

/** Applies an event to the answers in the page's cache. Answers that cannot be updated by it are fetched again. */
export function apply(event: LiveEvent, queries: QueryClient, refresher: Refresher, told: Told): void {
  const cached = queries.getQueryCache().getAll();
  const answers = cached.flatMap(({ queryKey, state }) => answeredBy(queryKey, state.data) ?? []);
  for (const { of, data, againMs } of changesOf(event, answers, told)) {
    // Answers that no component uses are not updated. They are fetched again when one does.
    const isShown = queries.getQueryCache().find({ queryKey: of.queryKey })?.isActive() === true;
    if (data !== undefined && isShown) queries.setQueryData(of.queryKey, data);
    if (againMs !== undefined || !isShown) refresher.again(of.queryKey, againMs ?? 0);
  }
}
