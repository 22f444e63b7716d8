import { nearest } from '../config/nearest.ts';
import { type Expression, fieldsOf } from './expression.ts';
import { formatField, sameThing } from './field.ts';

/** A field that a query names and that no run has, with the one that may be meant. */
export interface UnknownField {
  readonly field: string;
  readonly likely: string | null;
}

const lastWord = (field: string): string => field.split('.').at(-1) ?? field;

const nearWord = (field: string, known: readonly string[]) => nearest(lastWord(field), known.map(lastWord));

/**
 * The fields of a query that none of the runs has. What every run has by itself, such as its status, is none of them.
 * @param known the fields that some run has, in their canonical text
 */
export function unknownFields(expression: Expression, known: readonly string[]): UnknownField[] {
  const missing = fieldsOf(expression)
    .filter(({ kind }) => kind !== 'attribute')
    .map(formatField)
    .filter((field) => !known.some((text) => sameThing(text, field)));
  return [...new Set(missing)].map((field) => ({
    field,
    likely:
      known.find((text) => lastWord(text) === lastWord(field)) ??
      nearest(field, known) ??
      // Of a word of three letters any other one is two edits away.
      (lastWord(field).length > 3 ? known.find((text) => lastWord(text) === nearWord(field, known)) : undefined) ??
      null,
  }));
}
