'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
  // Next.js follows the address a moment later. Until then a box that was ticked must not show itself empty again.
  const [ahead, setAhead] = useState<string | null>(null);
  useEffect(() => {
    if (search.toString() === new URLSearchParams(window.location.search).toString()) setAhead(null);
  }, [search]);
  // Back at once after a change: Next.js may never have been at the address that was written.
  useEffect(() => {
    const back = () => setAhead(null);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  const text = ahead ?? search.toString();
  const kept = useRef<ViewOf<F> | null>(null);
  const { view, bad } = useMemo(() => {
    const read = readView(fields, new URLSearchParams(text));
    kept.current = kept.current === null ? read.view : keepSame(fields, kept.current, read.view);
    return { view: kept.current, bad: read.bad };
  }, [fields, text]);
  const change = useCallback(
    (changes: Partial<ViewOf<F>>, how: 'replace' | 'push' = 'replace') => {
      // Of the window and not of the hook: two changes in one turn must both be kept.
      const next = writeView(fields, new URLSearchParams(window.location.search), changes);
      const text = next.toString();
      const address = `${window.location.pathname}${text ? `?${text}` : ''}${window.location.hash}`;
      // Next.js follows the native history, and asks the server nothing.
      if (how === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
      setAhead(text);
    },
    [fields],
  );
  return { view, change, bad };
}

/** The view with the very values of before where it says the same: what hangs on one field is not made anew for another. */
function keepSame<F extends ViewFields>(fields: F, before: ViewOf<F>, after: ViewOf<F>): ViewOf<F> {
  const same = Object.entries(fields).filter(([key, { write }]) => write(before[key]) === write(after[key]));
  return { ...after, ...Object.fromEntries(same.map(([key]) => [key, before[key]])) };
}
