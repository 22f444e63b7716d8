'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { setPrinting } from '#src/ui/use-printing.ts';

/** The page counts as loaded when nothing has been on its way for this long. */
const QUIET_MS = 400;
/** Print after this long in any case. */
const MOST_MS = 15_000;

/**
 * Makes the print shortcut wait until everything on the page has been loaded and drawn. Printing from the browser's menu
 * cannot wait: what is not drawn by then is missing on the paper.
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
