'use client';

import { type RefObject, useEffect, useState } from 'react';

/**
 * Whether the contents of an element are wider than it. It must then be focusable, so that it can be scrolled by keyboard.
 */
export function useScrolls(box: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setScrolls(element.scrollWidth > element.clientWidth);
    const sizes = new ResizeObserver(look);
    const observe = () => {
      sizes.disconnect();
      sizes.observe(element);
      for (const child of element.children) sizes.observe(child);
    };
    observe();
    const children = new MutationObserver(observe); // a chart, say, that takes the place of what waited for it
    children.observe(element, { childList: true });
    return () => {
      children.disconnect();
      sizes.disconnect();
    };
  }, [box]);
  return scrolls;
}
