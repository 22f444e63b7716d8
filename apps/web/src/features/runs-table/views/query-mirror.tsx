'use client';

import type { ReactNode } from 'react';
import type { QueryMistake } from '../model/query-mistake.ts';

interface Props {
  readonly text: string;
  readonly mistake: QueryMistake | null;
  /** How far the field is scrolled. */
  readonly scroll: number;
  /** The text position at which the children are placed; null where there are none. */
  readonly at: number | null;
  readonly children: ReactNode;
}

/**
 * An invisible copy of the field's text on top of it, which underlines a mistake: an input cannot mark a part of its text.
 */
export function QueryMirror({ text, mistake, scroll, at, children }: Props) {
  return (
    <>
      <div
        className="pointer-events-none absolute inset-x-px inset-y-0 overflow-hidden font-mono text-small leading-[30px] whitespace-pre text-transparent"
        aria-hidden="true"
      >
        {mistake && (
          <div className="px-2" style={{ transform: `translateX(${-scroll}px)` }}>
            {text.slice(0, mistake.start)}
            <span
              data-query-mistake=""
              className="underline decoration-alarm decoration-wavy decoration-1 underline-offset-[3px]"
            >
              {text.slice(mistake.start, mistake.end).padEnd(1, '\u00a0')}
            </span>
          </div>
        )}
      </div>
      {at !== null && (
        <div className="pointer-events-none absolute inset-x-px top-full z-20 font-mono text-small">
          <div className="flex">
            <span
              className="invisible max-w-[calc(100%-272px)] shrink overflow-hidden whitespace-pre pl-2"
              style={{ marginLeft: -scroll }}
              aria-hidden="true"
            >
              {text.slice(0, at)}
            </span>
            <div className="pointer-events-auto min-w-0">{children}</div>
          </div>
        </div>
      )}
    </>
  );
}
