'use client';

import type { FieldInfo } from '@whorl/core';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { QueryLanguage } from './use-query-language.ts';

/** The completions at a place of a query. */
export interface Completions extends ReturnType<QueryLanguage['completeQuery']> {
  /** The index of the highlighted option; -1 for none. */
  readonly highlighted: number;
}

const MOST = 50;

/** The completions at the caret; null where there is nothing to offer. */
function completionsAt(
  { completeQuery }: QueryLanguage,
  text: string,
  caret: number,
  fields: readonly FieldInfo[],
): Completions | null {
  const answer = completeQuery(text, caret, fields);
  const written = text.slice(answer.from, answer.to);
  const options = answer.options.slice(0, MOST);
  if (options.length === 0 || (options.length === 1 && options[0]?.text === written)) return null;
  return { ...answer, options, highlighted: -1 };
}

interface Options {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly language: QueryLanguage | null;
  readonly fields: readonly FieldInfo[];
  readonly onType: (text: string) => void;
  readonly onEnter: (text: string) => void;
}

/** Offers completions at the caret, and inserts the chosen one. */
export function useCompletions({ input, text, language, fields, onType, onEnter }: Options) {
  const [completions, setCompletions] = useState<Completions | null>(null);
  const latestFields = useRef(fields);
  latestFields.current = fields;

  // Somebody may have typed before the parser was loaded.
  const typed = useRef(false);
  useEffect(() => {
    const field = input.current;
    if (!language || !field || !typed.current || field !== document.activeElement) return;
    const caret = field.selectionStart ?? field.value.length;
    setCompletions(completionsAt(language, field.value, caret, latestFields.current));
  }, [language, input]);

  const offer = (value: string, caret: number) =>
    setCompletions(language && completionsAt(language, value, caret, fields));
  const write = (next: string, caret: number) => {
    typed.current = true;
    onType(next);
    offer(next, caret);
  };

  // In a layout effect: a frame later, a key pressed in the meantime would be inserted at the wrong place.
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    const [caret, field] = [caretTo.current, input.current];
    caretTo.current = null;
    if (caret !== null && field?.value === text) field.setSelectionRange(caret, caret);
  }, [text, input]);

  const take = (index: number) => {
    const option = completions?.options[index];
    if (!completions || !option) return;
    const rest = text.slice(completions.to);
    const start = `${text.slice(0, completions.from)}${option.text}${/^[\s),]/.test(rest) ? '' : ' '}`;
    caretTo.current = start.length;
    write(start + rest, start.length);
  };

  const close = () => setCompletions(null);
  const enter = (value: string) => {
    const highlighted = completions?.highlighted ?? -1;
    if (highlighted >= 0) return take(highlighted);
    typed.current = false; // no completions for an entered query, not even if the parser is loaded only now
    close();
    onEnter(value);
  };

  /** The effect of a key; null for keys that the field handles itself. */
  const actOf = (event: KeyboardEvent<HTMLInputElement>): (() => void) | null => {
    const { value, selectionStart } = event.currentTarget;
    const offerHere = () => offer(value, selectionStart ?? value.length);
    if (event.key === 'Enter') return () => enter(value);
    if (event.key === ' ' && event.ctrlKey) return offerHere;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) return () => (completions ? setCompletions(stepped(completions, step)) : offerHere());
    if (!completions) return null;
    if (event.key === 'Escape') return close;
    return event.key === 'Tab' && !event.shiftKey ? () => take(Math.max(0, completions.highlighted)) : null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  };

  return { completions, write, take, close, onKeyDown };
}

/** The option before or after the highlighted one, wrapping around. */
function stepped(completions: Completions, step: 1 | -1): Completions {
  const { highlighted, options } = completions;
  const next = highlighted + step + (highlighted < 0 && step < 0 ? 1 : 0);
  return { ...completions, highlighted: (next + options.length) % options.length };
}
