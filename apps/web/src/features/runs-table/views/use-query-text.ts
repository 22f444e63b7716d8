'use client';

import { useEffect, useRef, useState } from 'react';
import { mistakeIn, type QueryMistake } from '../model/query-mistake.ts';
import type { QueryLanguage } from './use-query-language.ts';

const PAUSE_MS = 600;

interface Options {
  /** The query that the table shows. */
  readonly query: string;
  /** The mistake in the query of the address, if any. */
  readonly mistake: QueryMistake | null;
  /** Null until the parser is loaded. */
  readonly language: QueryLanguage | null;
  /** Called with a query that can be parsed. */
  readonly onApply: (query: string) => void;
}

/** The text of the query field, and its mistake. The query is applied after a pause in typing, or with Enter. */
export function useQueryText({ query, mistake: first, language, onApply }: Options) {
  const [text, setText] = useState(query);
  const [mistake, setMistake] = useState(first);
  const applied = useRef(query);

  // A saved view or the back button has changed the query.
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
  const latest = useRef(apply);
  latest.current = apply;
  // Also when the parser has been loaded: it could not read what was typed before.
  useEffect(() => {
    if (text === query && !first) return;
    const timer = setTimeout(() => latest.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, query, first, language]);

  const type = (next: string) => {
    setText(next);
    setMistake(null);
  };
  return { text, mistake, type, apply };
}
