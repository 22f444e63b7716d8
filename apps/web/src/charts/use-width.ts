'use client';

import { useCallback, useRef, useState } from 'react';

/**
 * The width of an element, `initial` until it is laid out, and a ref for the element. The element should clip its contents:
 * the server renders them at the initial width, which may be wider than the page.
 */
export function useWidth(initial: number): readonly [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(initial);
  const observer = useRef<ResizeObserver | null>(null);
  const host = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    observer.current = null;
    if (!element) return;
    const measure = () => setWidth(Math.max(1, Math.floor(element.clientWidth)));
    observer.current = new ResizeObserver(measure);
    observer.current.observe(element);
    measure();
  }, []);
  return [host, width];
}
