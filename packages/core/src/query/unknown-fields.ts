import { nearest } from '../text/nearest.ts';
import { type Expression, fieldsOf } from './expression.ts';
import { formatField, parseField, sameThing } from './field.ts';

/** A field that a query names and that no run has, with the one that may be meant. */
export interface UnknownField {
  readonly field: string;
  readonly likely: string | null;
}

/** What a field is called, without what it is of, which part of a metric it is, and of which layer. */
function lastWord(field: string): string {
  const words = parseField(field).key.split('.');
  return words.findLast((word) => !/^\d+$/.test(word)) ?? field;
}

const nearWord = (field: string, known: readonly string[]) => nearest(lastWord(field), known.map(lastWord));

/** The nearest whose last word is near, too: what comes before it says little, and `optimizer.name` is no momentum. */
const nearField = (field: string, known: readonly string[]) =>
  nearest(
    field,
    known.filter((text) => nearWord(field, [text]) !== undefined),
  );

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
      nearField(field, known) ??
      known.find((text) => lastWord(text) === nearWord(field, known)) ??
      null,
  }));
}
