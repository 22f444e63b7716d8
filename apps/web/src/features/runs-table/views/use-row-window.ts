'use client';

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef, useState } from 'react';

// Decides which rows are drawn: those in view and some around them.

export const ROW_HEIGHT = 36;
/** At most this many rows are in view. */
const FIRST_ROWS = 17;
const OVERSCAN = 12;
/** Paper does not scroll, so up to this many rows are printed. */
export const MOST_PRINTED = 500;

export type RowWindow = Virtualizer<HTMLDivElement, Element>;

/** The rows in view, and the direction in which the table was last scrolled. */
export function useRowsInView(window: RefObject<RowWindow | null>) {
  const before = useRef({ first: 0, direction: 'down' as 'up' | 'down' });
  // The virtualizer has computed the new range before it triggers this render.
  const { startIndex: first, endIndex: last } = window.current?.range ?? { startIndex: 0, endIndex: FIRST_ROWS };
  const moved = first - before.current.first;
  const direction = moved === 0 ? before.current.direction : moved > 0 ? 'down' : 'up';
  useEffect(() => {
    before.current = { first, direction };
  });
  return { first, last, direction };
}

interface Options {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The number of all rows. */
  readonly count: number;
  /** The row at which the Tab key stops. It is always drawn, wherever the table is scrolled to. */
  readonly stop: number;
  readonly isPrinting: boolean;
}

/** The virtualizer of the rows. */
export function useRowWindow({ scroller, count, stop, isPrinting }: Options): RowWindow {
  // Rows outside of the view are drawn only after hydration, which they would delay.
  const [overscan, setOverscan] = useState(0);
  useEffect(() => setOverscan(OVERSCAN), []);
  return useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan,
    initialRect: { width: 1136, height: FIRST_ROWS * ROW_HEIGHT },
    // The header covers one row of the view.
    scrollPaddingEnd: ROW_HEIGHT,
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      if (isPrinting) return Array.from({ length: Math.min(count, MOST_PRINTED) }, (_, i) => i);
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const near = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      if (stop < 0 || stop >= count || (stop >= from && stop <= to)) return near;
      return stop < from ? [stop, ...near] : [...near, stop];
    },
  });
}
