'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Selection } from './selection.ts';
import { NOTHING, writeSelection } from './selection.ts';
import { MOST_IDS } from './table-view.ts';

const textOf = (selection: Selection): string => writeSelection(selection).join();

/**
 * The selection, kept in the address as long as it is short enough for one. It is kept here too: a checkbox answers at
 * once, the address a moment later.
 */
export function useSelection(
  ofAddress: Selection,
  change: (sel: Selection) => void,
): readonly [Selection, (next: Selection | ((known: Selection) => Selection)) => void] {
  const [selection, setSelection] = useState(ofAddress);
  const latest = useRef(selection);
  const written = useRef(textOf(ofAddress));
  const text = textOf(ofAddress);

  // The back button or a saved view brings another selection.
  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    latest.current = ofAddress;
    setSelection(ofAddress);
  }, [text, ofAddress]);

  const select = useCallback(
    (next: Selection | ((known: Selection) => Selection)) => {
      const selected = typeof next === 'function' ? next(latest.current) : next;
      const kept = selected.ids.size <= MOST_IDS ? selected : NOTHING;
      latest.current = selected;
      written.current = textOf(kept);
      setSelection(selected);
      change(kept);
    },
    [change],
  );
  return [selection, select];
}
