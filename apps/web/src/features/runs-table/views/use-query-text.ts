'use client';

import { useEffect, useRef, useState } from 'react';
import { mistakeIn, type QueryMistake } from '../model/query-mistake.ts';
import type { QueryLanguage } from './use-query-language.ts';

const PAUSE_MS = 600;

interface Options {
  /** The query that the table shows. */
  readonly query: string;
  /** What is wrong with the query of the address. */
  readonly mistake: QueryMistake | null;
  /** Null until the parser is there. */
  readonly language: QueryLanguage | null;
  /** Asks for the runs of a query that can be read. */
  readonly onApply: (query: string) => void;
}

/** A query as it is typed, and what is wrong with it. It is applied when who types it pauses, or enters it. */
export function useQueryText({ query, mistake: first, language, onApply }: Options) {
  const [text, setText] = useState(query);
  const [mistake, setMistake] = useState(first);
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
  const latest = useRef(apply);
  latest.current = apply;
  // Again when the parser is there: what was typed before could not be read.
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
