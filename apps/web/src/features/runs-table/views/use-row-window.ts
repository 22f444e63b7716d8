'use client';

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useRef, useState } from 'react';

// Which rows are drawn: those in view, and some beside them.

export const ROW_HEIGHT = 36;
/** The most that are in view. */
const FIRST_ROWS = 17;
const OVERSCAN = 12;
/** Paper does not scroll: it has all rows up to these. */
export const MOST_PRINTED = 500;

export type RowWindow = Virtualizer<HTMLDivElement, Element>;

/** The rows in view, and which way the table was scrolled to them. */
export function useRowsInView(window: RefObject<RowWindow | null>) {
  const before = useRef({ first: 0, direction: 'down' as 'up' | 'down' });
  // The virtualizer has moved on before it asks to draw: what it shows now is known here.
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
  /** Of all rows. */
  readonly count: number;
  /** The row that the Tab key goes to: it is drawn wherever the table has been scrolled to. */
  readonly stop: number;
  readonly isPrinting: boolean;
}

/** What draws the rows in view. */
export function useRowWindow({ scroller, count, stop, isPrinting }: Options): RowWindow {
  // The rows beyond those in view come when the page has come to life: until then they only delay it.
  const [overscan, setOverscan] = useState(0);
  useEffect(() => setOverscan(OVERSCAN), []);
  return useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan,
    initialRect: { width: 1136, height: FIRST_ROWS * ROW_HEIGHT },
    // The header takes a row's height from what is in view.
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
