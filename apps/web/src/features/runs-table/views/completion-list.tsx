'use client';

import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl/react';
import type { Completions } from './use-completions.ts';

interface Props {
  /** The id of the input that the list belongs to. */
  readonly id: string;
  readonly completions: Completions;
  readonly onTake: (index: number) => void;
}

/** The list of completions below the query field. */
export function CompletionList({ id, completions: { options, highlighted }, onTake }: Props) {
  const t = useTranslations('table');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[highlighted]?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={t('completions')}
      className="popup mt-1 max-h-72 w-[272px]"
    >
      {options.map(({ text, kind }, i) => (
        // Keys are handled by the field, which names the active option.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={`${kind} ${text}`}
          id={`${id}-option-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={i === highlighted}
          data-highlighted={i === highlighted ? '' : undefined}
          className="popup-item justify-between hover:bg-sunk"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(i)}
        >
          <span className="min-w-0 truncate font-mono">{text}</span>
          <span className="shrink-0 font-sans text-muted">{t(`completion.${kind}`)}</span>
        </div>
      ))}
    </div>
  );
}
