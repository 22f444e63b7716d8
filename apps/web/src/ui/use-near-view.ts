'use client';

import { type RefObject, useEffect, useState } from 'react';
import { usePrinting } from './use-printing.ts';

/** When nothing else is to be done, what is further down is drawn as well, to be there when the page is printed. */
const IDLE_MS = 2_000;
const MOST_IDLE_MS = 2_000;

/**
 * Whether an element is within about a screen of what is seen, or has been, or the page is idle or printed: what it shows
 * is loaded then.
 */
export function useNearView(element: RefObject<Element | null>, margin = '600px'): boolean {
  const [isNear, setIsNear] = useState(false);
  const isPrinting = usePrinting();
  useEffect(() => {
    if (isPrinting) setIsNear(true);
  }, [isPrinting]);
  useEffect(() => {
    if (isNear) return;
    let idle: number | undefined;
    const near = () => setIsNear(true);
    const timer = setTimeout(() => {
      // Safari has no such callback.
      if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(near, { timeout: MOST_IDLE_MS });
      else near();
    }, IDLE_MS);
    return () => {
      clearTimeout(timer);
      if (idle !== undefined) cancelIdleCallback(idle);
    };
  }, [isNear]);
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
