import { nearest } from '../text/nearest.ts';
import { type Expression, fieldsOf } from './expression.ts';
import { formatField, parseField, sameThing } from './field.ts';

/** A field that a query names and no run has, with a field that may be meant. */
export interface UnknownField {
  readonly field: string;
  readonly likely: string | null;
}

/** The name of a field without its prefix, the layer, and the part of a metric (`min`, `max`). */
function lastWord(field: string): string {
  const words = parseField(field).key.split('.');
  return words.findLast((word) => !/^\d+$/.test(word)) ?? field;
}

const nearWord = (field: string, known: readonly string[]) => nearest(lastWord(field), known.map(lastWord));

/**
 * The nearest field, if its last word is near, too: what comes before says little, and `optimizer.name` is not near
 * `optimizer.momentum`.
 */
const nearField = (field: string, known: readonly string[]) =>
  nearest(
    field,
    known.filter((text) => nearWord(field, [text]) !== undefined),
  );

/**
 * The fields of a query that none of the runs has. Fields that every run has, such as its status, are never among them.
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
