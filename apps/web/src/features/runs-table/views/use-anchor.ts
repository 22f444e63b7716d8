'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** How far a run is searched for after rows have changed. */
const MOST_SHIFT = 200;

/** By how many rows a run has moved from `row`; 0 where it has not moved, or is not found nearby. */
export function shiftOf(idAt: (row: number) => string | undefined, id: string, row: number): number {
  if (idAt(row) === id) return 0;
  for (let by = 1; by <= MOST_SHIFT; by++) {
    if (idAt(row + by) === id) return by;
    if (row - by >= 0 && idAt(row - by) === id) return -by;
  }
  return 0;
}

interface Options {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rowHeight: number;
  /** The first row in view. */
  readonly first: number;
  readonly idAt: (row: number) => string | undefined;
  /** Changes whenever the new rows are unrelated to the previous ones. */
  readonly order: string;
  /** Called with the number of rows by which they have moved. */
  readonly onShift: (by: number) => void;
}

/** Keeps the rows in view in place when others are inserted above them. At the top, new rows become visible. */
export function useAnchor({ scroller, rowHeight, first, idAt, order, onShift }: Options): void {
  const anchor = useRef<{ id: string; row: number; order: string } | null>(null);
  useLayoutEffect(() => {
    const known = anchor.current;
    const by = known && known.order === order ? shiftOf(idAt, known.id, known.row) : 0;
    const row = by === 0 ? first : (known?.row ?? 0) + by;
    const id = idAt(row);
    anchor.current = id === undefined ? null : { id, row, order };
    if (by === 0) return;
    onShift(by);
    const element = scroller.current;
    if (element && element.scrollTop > rowHeight / 2) element.scrollTop += by * rowHeight;
  });
}
