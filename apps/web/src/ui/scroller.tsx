'use client';

import { type ReactNode, useRef } from 'react';
import { useScrolls } from './use-scrolls.ts';

interface Props {
  /** What it holds, for those who move through it by keyboard. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Something that may be wider than the page. */
export function Scroller({ label, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(box);
  return (
    // A positioned box: what is hidden in it for the eye alone must not widen the page.
    // No landmark: the part of the page around it often has the same name.
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
