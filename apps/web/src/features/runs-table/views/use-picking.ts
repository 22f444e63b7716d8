'use client';

import { type MouseEvent, useCallback, useRef } from 'react';
import { isSelected, type Selection } from '../model/selection.ts';

export interface Selecting {
  readonly selection: Selection;
  readonly onRange: (ids: readonly string[], chosen: boolean) => void;
  readonly onAll: (chosen: boolean) => void;
}

/** Selects or deselects a run; with Shift also all runs between it and the previous one. */
export function usePicking(selecting: Selecting | null, idsBetween: (one: number, other: number) => Promise<string[]>) {
  const lastPicked = useRef<number | null>(null);
  const pick = async (event: { readonly shiftKey: boolean }, row: number, id: string) => {
    if (!selecting) return;
    const chosen = !isSelected(selecting.selection, id);
    const from = event.shiftKey && lastPicked.current !== null ? lastPicked.current : row;
    lastPicked.current = row;
    selecting.onRange(from === row ? [id] : await idsBetween(from, row), chosen);
  };
  // A stable function, so that rows do not render again because of it.
  const latestPick = useRef(pick);
  latestPick.current = pick;
  const onPick = useCallback(
    (event: MouseEvent, row: number, id: string) => void latestPick.current(event, row, id),
    [],
  );
  return { pick, onPick };
}
