'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setPrinting } from '#src/ui/use-printing.ts';

/** So long nothing is on its way, then everything is drawn. */
const QUIET_MS = 400;
/** Printing does not wait longer for what does not come. */
const MOST_MS = 15_000;

/**
 * The keys for printing wait until all that is to be printed has been read and drawn. Chosen from the browser's menu,
 * printing waits for nothing: what was not drawn by then is not on the paper.
 */
export function PrintKey() {
  const queries = useQueryClient();
  useEffect(() => {
    let isUnder = false;
    const onKeyDown = (event: KeyboardEvent) => {
      const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!asked || event.key.toLowerCase() !== 'p' || event.defaultPrevented) return;
      event.preventDefault();
      if (isUnder) return;
      isUnder = true;
      setPrinting(true);
      const start = performance.now();
      let busy = start;
      const timer = setInterval(() => {
        const now = performance.now();
        if (queries.isFetching() > 0) busy = now;
        if (now - busy < QUIET_MS && now - start < MOST_MS) return;
        clearInterval(timer);
        window.print();
        setPrinting(false);
        isUnder = false;
      }, 50);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [queries]);
  return null;
}
