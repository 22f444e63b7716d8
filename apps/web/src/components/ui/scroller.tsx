'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  /** What it holds, for those who move through it by keyboard. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Something that may be wider than the page. It takes the focus while it scrolls, so that the keyboard can move it. */
export function Scroller({ label, children }: Props) {
  const box = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setScrolls(element.scrollWidth > element.clientWidth);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={box} className="relative overflow-x-auto" aria-label={label} tabIndex={scrolls ? 0 : undefined}>
      {children}
    </section>
  );
}
