'use client';

import { type ComponentProps, useLayoutEffect, useRef } from 'react';
import { useScrolls } from './use-scrolls.ts';

/** Smaller than this a formula cannot be read, and scrolls instead. */
const SMALLEST = 0.6;

/** A formula on a line of its own. Where it is wider than the page, it is made smaller, and scrolls if that is not enough. */
export function Formula(props: ComponentProps<'span'>) {
  const box = useRef<HTMLSpanElement>(null);
  const scrolls = useScrolls(box);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const fit = () => {
      element.style.fontSize = '';
      const ratio = element.clientWidth / element.scrollWidth;
      // A little less than fits: a glyph's width is rounded.
      if (ratio < 1) element.style.fontSize = `${Math.max(SMALLEST, 0.99 * ratio)}em`;
    };
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    observer.observe(element);
    // The formula's own font comes after its first layout.
    void document.fonts.ready.then(fit);
    return () => observer.disconnect();
  }, []);
  return <span {...props} ref={box} tabIndex={scrolls ? 0 : undefined} />;
}
