'use client';

import { useCallback, useRef, useState } from 'react';

/**
 * How wide an element is, `initial` until it is laid out; and the ref that tells which element. What the server draws at
 * the initial width is to be clipped by the element, or a narrow page is as wide as that until its script runs.
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
