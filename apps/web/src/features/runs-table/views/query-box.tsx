'use client';

import type { FieldInfo } from '@whorl/core';
import { useId, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import type { QueryMistake } from '../model/query-mistake.ts';
import { CompletionList } from './completion-list.tsx';
import { QueryMirror } from './query-mirror.tsx';
import { useCompletions } from './use-completions.ts';
import { useQueryLanguage } from './use-query-language.ts';
import { useQueryText } from './use-query-text.ts';

interface Props {
  /** The query that the table shows. */
  readonly query: string;
  /** The mistake in the query of the address, if any. */
  readonly mistake: QueryMistake | null;
  readonly fields: readonly FieldInfo[];
  /** Called with a query that can be parsed. */
  readonly onApply: (query: string) => void;
}

/** The query field: it completes names and values, and marks mistakes. */
export function QueryBox({ query, mistake: first, fields, onApply }: Props) {
  const t = useTranslations('table');
  const locale = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const language = useQueryLanguage();
  const { text, mistake, type, apply } = useQueryText({ query, mistake: first, language, onApply });
  const { completions, write, take, close, onKeyDown } = useCompletions({
    ...{ input, text, language, fields },
    onType: type,
    onEnter: apply,
  });
  const [scroll, setScroll] = useState(0);

  return (
    <div className="min-w-0">
      <div className="relative">
        <input
          ref={input}
          id={id}
          type="text"
          data-search=""
          aria-keyshortcuts="/"
          role="combobox"
          className="field w-full font-mono"
          style={mistake ? { borderColor: 'var(--color-alarm)' } : undefined}
          placeholder={t('queryPlaceholder')}
          aria-label={t('query')}
          aria-expanded={completions !== null}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={
            completions && completions.highlighted >= 0 ? `${id}-option-${completions.highlighted}` : undefined
          }
          aria-invalid={mistake !== null}
          aria-describedby={`${id}-said`}
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          value={text}
          onChange={(event) => write(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onKeyDown={onKeyDown}
          onBlur={close}
          onScroll={(event) => setScroll(event.currentTarget.scrollLeft)}
        />
        <QueryMirror text={text} mistake={mistake} scroll={scroll} at={completions?.from ?? null}>
          {completions && <CompletionList id={id} completions={completions} onTake={take} />}
        </QueryMirror>
      </div>
      <div id={`${id}-said`} aria-live="polite">
        {mistake && (
          <p className="mt-1 text-small break-words text-alarm" data-query-error="">
            {t('queryMistake', { place: mistake.start + 1, message: mistake.said[locale] })}
          </p>
        )}
      </div>
    </div>
  );
}
