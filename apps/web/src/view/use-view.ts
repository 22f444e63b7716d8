'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { BadField } from '#src/contract/bad-field.ts';
import { readView, type ViewFields, type ViewOf, writeView } from './view-state.ts';

export interface View<F extends ViewFields> {
  readonly view: ViewOf<F>;
  /** `push` adds an entry to the browser's history. */
  readonly change: (changes: Partial<ViewOf<F>>, how?: 'replace' | 'push') => void;
  /** What could not be read. */
  readonly bad: readonly BadField[];
}

/**
 * The state of a view, kept in the page's address so that it can be pasted.
 * @param fields a constant: a new object would cause the address to be read again
 * @returns the same object as long as nothing of this view changes
 */
export function useView<F extends ViewFields>(fields: F): View<F> {
  const search = useSearchParams();
  // Next.js updates its search params a moment later. Until then a ticked box must not appear empty again.
  const [ahead, setAhead] = useState<string | null>(null);
  useEffect(() => {
    if (search.toString() === new URLSearchParams(window.location.search).toString()) setAhead(null);
  }, [search]);
  // When going back right after a change, Next.js may never have seen the changed address.
  useEffect(() => {
    const back = () => setAhead(null);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  const text = ahead ?? search.toString();
  const kept = useRef<Read<F> | null>(null);
  const read = useMemo(() => {
    const read = readView(fields, new URLSearchParams(text));
    kept.current = kept.current === null ? read : keepSame(fields, kept.current, read);
    return kept.current;
  }, [fields, text]);
  const change = useCallback(
    (changes: Partial<ViewOf<F>>, how: 'replace' | 'push' = 'replace') => {
      // From window.location instead of the hook, so that two changes in one turn are both kept.
      const next = writeView(fields, new URLSearchParams(window.location.search), changes);
      const text = next.toString();
      const address = `${window.location.pathname}${text ? `?${text}` : ''}${window.location.hash}`;
      // Next.js follows the native history API without a request.
      if (how === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
      setAhead(text);
    },
    [fields],
  );
  return useMemo(() => ({ ...read, change }), [read, change]);
}

type Read<F extends ViewFields> = Omit<View<F>, 'change'>;

/**
 * Keeps the previous values where they are equal, and the previous object where all are, so that effects of one field do not
 * run because of another.
 */
function keepSame<F extends ViewFields>(fields: F, before: Read<F>, after: Read<F>): Read<F> {
  const all = Object.entries(fields);
  const same = all.filter(([key, { write }]) => write(before.view[key]) === write(after.view[key]));
  if (same.length === all.length && JSON.stringify(before.bad) === JSON.stringify(after.bad)) return before;
  return { ...after, view: { ...after.view, ...Object.fromEntries(same.map(([key]) => [key, before.view[key]])) } };
}
