'use client';

import { type ComponentProps, useRef } from 'react';
import { useScrolls } from './use-scrolls.ts';

/** A formula on a line of its own. It may be wider than the page, and scrolls then. */
export function Formula(props: ComponentProps<'span'>) {
  const box = useRef<HTMLSpanElement>(null);
  return <span {...props} ref={box} tabIndex={useScrolls(box) ? 0 : undefined} />;
}
