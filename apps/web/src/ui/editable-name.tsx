'use client';

import { LONGEST_NAME } from '@whorl/core';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { nameFault } from './name-limits.ts';

interface Props {
  readonly name: string;
  /** The accessible name of the field. */
  readonly label: string;
  readonly onRename: (name: string) => Promise<unknown>;
}

/** A page's title that can be edited in place. */
export function EditableName({ name, label, onRename }: Props) {
  const t = useTranslations('names');
  const [draft, setDraft] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const leave = () => {
    setDraft(null);
    setFailure(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  if (draft === null) {
    return (
      <div className="flex min-w-0 items-center gap-1">
        <h1
          className="line-clamp-3 min-w-0 text-display font-semibold [overflow-wrap:anywhere] sm:line-clamp-2"
          title={name}
        >
          <bdi>{name}</bdi>
        </h1>
        <button
          ref={button}
          type="button"
          className="icon-button shrink-0"
          aria-label={label}
          onClick={() => setDraft(name)}
        >
          <svg
            width="16"
            height="16"
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.3"
            aria-hidden="true"
          >
            <path d="M10.5 3.2l2.300 2.300M3 13l.6-2.900L11.200 2.500a1 1 0 0 1 1.400 0l.9.9a1 1 0 0 1 0 1.400L5.900 12.400z" />
          </svg>
        </button>
      </div>
    );
  }
  const fault = nameFault(draft);
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (fault) return;
        if (draft.trim() === name) leave();
        else onRename(draft.trim()).then(leave, (error: Error) => setFailure(error.message));
      }}
    >
      <h1 className="sr-only">{name}</h1>
      <div className="flex flex-wrap gap-2">
        <input
          className="field min-w-0 flex-1 !text-body"
          aria-label={label}
          aria-invalid={fault !== null}
          value={draft}
          // The reader has just asked for the field.
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') leave();
          }}
        />
        <button type="submit" className="button button-primary" disabled={fault !== null}>
          {t('save')}
        </button>
        <button type="button" className="button" onClick={leave}>
          {t('cancel')}
        </button>
      </div>
      <div aria-live="polite" className="text-small">
        {fault && draft !== '' && (
          <p className="mt-1 text-caution">{t(fault, { count: draft.trim().length, most: LONGEST_NAME })}</p>
        )}
        {failure && <p className="mt-1 text-alarm">{t('failed', { message: failure })}</p>}
      </div>
    </form>
  );
}
