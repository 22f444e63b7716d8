'use client';

import { type ReactNode, useRef } from 'react';
import { useScrolls } from './use-scrolls.ts';

interface Props {
  /** The accessible name of the contents. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A box that scrolls if its contents are wider than the page. */
export function Scroller({ label, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(box);
  return (
    // It is positioned, so that visually hidden elements within do not widen the page. It is not a landmark, because the
    // section around it often has the same name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; this only scrolls
    <div
      ref={box}
      className="relative overflow-x-auto"
      role="group"
      aria-label={label}
      tabIndex={scrolls ? 0 : undefined}
    >
      {children}
    </div>
  );
}
