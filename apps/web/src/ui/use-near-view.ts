'use client';

import { type RefObject, useEffect, useState } from 'react';
import { usePrinting } from './use-printing.ts';

/** When the page is idle for this long, everything further down is loaded, too, so that it can be printed. */
const IDLE_MS = 2_000;
const MOST_IDLE_MS = 2_000;

/**
 * Whether an element is, or has been, within about a screen of the view, or the page is idle or being printed: then its
 * contents are loaded.
 * @param idles whether idleness counts: not where there may be hundreds further down
 */
export function useNearView(element: RefObject<Element | null>, margin = '600px', idles = true): boolean {
  const [isNear, setIsNear] = useState(false);
  const isPrinting = usePrinting();
  useEffect(() => {
    if (isPrinting) setIsNear(true);
  }, [isPrinting]);
  useEffect(() => {
    if (isNear || !idles) return;
    let idle: number | undefined;
    const near = () => setIsNear(true);
    const timer = setTimeout(() => {
      // Safari lacks it.
      if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(near, { timeout: MOST_IDLE_MS });
      else near();
    }, IDLE_MS);
    return () => {
      clearTimeout(timer);
      if (idle !== undefined) cancelIdleCallback(idle);
    };
  }, [isNear, idles]);
  useEffect(() => {
    const { current } = element;
    if (!current || isNear) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: margin },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, isNear, margin]);
  return isNear || isPrinting;
}
