'use client';

import type { FieldInfo } from '@whorl/core';
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl/react';
import { mistakeIn, type QueryMistake } from '../model/query-mistake.ts';
import { CompletionList, type Completions, completionsAt } from './completion-list.tsx';
import { QueryMirror } from './query-mirror.tsx';
import { useQueryLanguage } from './use-query-language.ts';

interface Props {
  /** The query that the table shows. */
  readonly query: string;
  /** What is wrong with the query of the address. */
  readonly mistake: QueryMistake | null;
  readonly fields: readonly FieldInfo[];
  /** Asks for the runs of a query that can be read. */
  readonly onApply: (query: string) => void;
}

const PAUSE_MS = 600;

/** Where a query is written: it completes names and values, and says where it is wrong. */
export function QueryBox({ query, mistake: first, fields, onApply }: Props) {
  const t = useTranslations('table');
  const locale = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const language = useQueryLanguage();
  const [text, setText] = useState(query);
  const [mistake, setMistake] = useState(first);
  const [completions, setCompletions] = useState<Completions | null>(null);
  const [scroll, setScroll] = useState(0);
  const applied = useRef(query);

  // A saved view, or the back button, brings another query.
  useEffect(() => {
    if (query === applied.current) return;
    applied.current = query;
    setText(query);
    setMistake(null);
  }, [query]);

  const apply = (next: string) => {
    if (!language) return;
    const found = mistakeIn(language.parseQuery, next);
    setMistake(found);
    if (found || next.trim() === applied.current.trim()) return;
    applied.current = next.trim();
    onApply(applied.current);
  };
  const latestFields = useRef(fields);
  latestFields.current = fields;
  const latest = useRef(apply);
  latest.current = apply;

  useEffect(() => {
    if (text === query && !first) return;
    const timer = setTimeout(() => latest.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, query, first, language]);

  // Somebody may have typed before the parser was there.
  const typed = useRef(false);
  useEffect(() => {
    const field = input.current;
    if (!language || !field || !typed.current || field !== document.activeElement) return;
    setCompletions(
      completionsAt(language, field.value, field.selectionStart ?? field.value.length, latestFields.current),
    );
  }, [language]);

  const complete = (value: string, caret: number) =>
    setCompletions(language && completionsAt(language, value, caret, fields));
  const write = (next: string, caret: number) => {
    typed.current = true;
    setText(next);
    setMistake(null);
    complete(next, caret);
  };

  // With the text, and not a frame later: a key that was pressed meanwhile would be put before what it follows.
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    const [caret, field] = [caretTo.current, input.current];
    caretTo.current = null;
    if (caret !== null && field?.value === text) field.setSelectionRange(caret, caret);
  }, [text]);

  const take = (index: number) => {
    const option = completions?.options[index];
    if (!completions || !option) return;
    const rest = text.slice(completions.to);
    const start = `${text.slice(0, completions.from)}${option.text}${/^[\s),]/.test(rest) ? '' : ' '}`;
    caretTo.current = start.length;
    write(start + rest, start.length);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { value, selectionStart } = event.currentTarget;
    const highlighted = completions?.highlighted ?? -1;
    if (event.key === 'Enter') {
      event.preventDefault();
      if (highlighted >= 0) return take(highlighted);
      typed.current = false; // what is entered needs no completion, not even when the parser comes only now
      setCompletions(null);
      return apply(value);
    }
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      return complete(value, selectionStart ?? value.length);
    }
    if (event.key === 'Escape' && completions) {
      event.preventDefault();
      return setCompletions(null);
    }
    if (event.key === 'Tab' && completions && !event.shiftKey) {
      event.preventDefault();
      return take(Math.max(0, highlighted));
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (!completions) return complete(value, selectionStart ?? value.length);
    const count = completions.options.length;
    setCompletions({
      ...completions,
      highlighted: (highlighted + step + count + (highlighted < 0 && step < 0 ? 1 : 0)) % count,
    });
  };

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
          onBlur={() => setCompletions(null)}
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
