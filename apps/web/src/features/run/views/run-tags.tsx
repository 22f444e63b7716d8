'use client';

import { naturalOrder } from '@whorl/core';
import { useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { RunChanges } from './use-run-changes.ts';

interface Props {
  readonly tags: Readonly<Record<string, string>>;
  /** Null for viewers who can only read. */
  readonly changes: RunChanges | null;
}

const LONGEST = 200;
/** Tags that MLflow's client sets by itself. Their contents are shown elsewhere on the page. */
const SYSTEM = 'mlflow.';

/** A run's tags: `broken`, `owner=ada`. */
export function RunTags({ tags, changes }: Props) {
  const t = useTranslations('tags');
  const entries = Object.entries(tags)
    .filter(([key]) => !key.startsWith(SYSTEM))
    .sort(([a], [b]) => naturalOrder(a, b));
  const adding = useRef<HTMLInputElement>(null);
  if (entries.length === 0 && !changes) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 text-small">
      <ul className="contents" aria-label={t('title')}>
        {entries.map(([key, value]) => (
          <li
            key={key}
            data-tag={key}
            className="inline-flex min-h-8 max-w-full items-center rounded-[6px] border border-line bg-raised pl-3"
          >
            <span className={`min-w-0 truncate ${changes ? '' : 'pr-3'}`} title={labelOf(key, value)}>
              <bdi>{key}</bdi>
              {value !== '' && (
                <>
                  <span className="text-muted"> = </span>
                  <bdi>{value}</bdi>
                </>
              )}
            </span>
            {changes && (
              <button
                type="button"
                className="icon-button !w-7 shrink-0"
                aria-label={t('remove', { tag: labelOf(key, value) })}
                onClick={() => {
                  void changes.setTags({ [key]: null });
                  adding.current?.focus(); // this button is about to be removed
                }}
              >
                <svg width="8" height="8" viewBox="0 0 8 8" stroke="currentColor" strokeWidth="1.3" aria-hidden="true">
                  <path d="M1 1l6 6M7 1L1 7" />
                </svg>
              </button>
            )}
          </li>
        ))}
      </ul>
      {changes && <AddTag input={adding} onAdd={(key, value) => changes.setTags({ [key]: value })} />}
    </div>
  );
}

const labelOf = (key: string, value: string): string => (value === '' ? key : `${key}=${value}`);

interface AddProps {
  readonly input: { current: HTMLInputElement | null };
  readonly onAdd: (key: string, value: string) => Promise<boolean>;
}

function AddTag({ input, onAdd }: AddProps) {
  const t = useTranslations('tags');
  const id = useId();
  const [draft, setDraft] = useState('');
  const [key = '', ...rest] = draft.split('=');
  const tooLong = draft.length > LONGEST;
  const ready = key.trim() !== '' && !tooLong;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        onAdd(key.trim(), rest.join('=').trim()).then((done) => {
          // Text typed while the request was under way belongs to the next tag.
          if (done) setDraft((now) => (now === draft ? '' : now));
        });
      }}
    >
      <label htmlFor={id} className="sr-only">
        {t('label')}
      </label>
      <input
        ref={input}
        id={id}
        className="field w-60 max-w-full"
        placeholder={t('placeholder')}
        autoComplete="off"
        value={draft}
        aria-invalid={tooLong}
        aria-describedby={`${id} fault`}
        onChange={(event) => setDraft(event.target.value)}
      />
      {draft !== '' && (
        <button type="submit" className="button" disabled={!ready}>
          {t('add')}
        </button>
      )}
      <span id={`${id} fault`} aria-live="polite" className="text-caution">
        {tooLong ? t('tooLong', { most: LONGEST }) : ''}
      </span>
    </form>
  );
}
