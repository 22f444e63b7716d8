'use client';

import { type ComponentProps, useLayoutEffect, useRef } from 'react';
import { useScrolls } from './use-scrolls.ts';

/** A formula scaled below this is unreadable, so it scrolls instead. */
const SMALLEST = 0.6;

/** A displayed formula. If it is wider than the page it is scaled down, and scrolls if that is not enough. */
export function Formula(props: ComponentProps<'span'>) {
  const box = useRef<HTMLSpanElement>(null);
  const scrolls = useScrolls(box);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const fit = () => {
      element.style.fontSize = '';
      const ratio = element.clientWidth / element.scrollWidth;
      // Slightly less than would fit, because widths of glyphs are rounded.
      if (ratio < 1) element.style.fontSize = `${Math.max(SMALLEST, 0.99 * ratio)}em`;
    };
    let width = 0;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth === width) return;
      width = element.clientWidth;
      fit();
    });
    observer.observe(element);
    // The font of formulas is loaded after the first layout.
    void document.fonts.ready.then(fit);
    return () => observer.disconnect();
  }, []);
  return <span {...props} ref={box} tabIndex={scrolls ? 0 : undefined} />;
}
