'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { type BadField, readView, type ViewFields, type ViewOf, writeView } from './view-state.ts';

/**
 * The state of a view, kept in the page's address so that it can be pasted.
 * @param fields a constant; a new object each time would read the address each time
 * @returns the view, how to change it (`push` makes a step that the back button undoes), and what could not be read
 */
export function useView<F extends ViewFields>(
  fields: F,
): {
  readonly view: ViewOf<F>;
  readonly change: (changes: Partial<ViewOf<F>>, how?: 'replace' | 'push') => void;
  readonly bad: readonly BadField[];
} {
  const search = useSearchParams();
  const { view, bad } = useMemo(() => readView(fields, search), [fields, search]);
  const change = useCallback(
    (changes: Partial<ViewOf<F>>, how: 'replace' | 'push' = 'replace') => {
      // Of the window and not of the hook: two changes in one turn must both be kept.
      const next = writeView(fields, new URLSearchParams(window.location.search), changes);
      const text = next.toString();
      const address = `${window.location.pathname}${text ? `?${text}` : ''}${window.location.hash}`;
      // Next.js follows the native history, and asks the server nothing.
      if (how === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
    [fields],
  );
  return { view, change, bad };
}
