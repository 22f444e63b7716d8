import { type Expression, type Field, type FieldInfo, fieldsOf, formatField, nearest } from '@whorl/core';
import { sameThing } from './columns.ts';

/** A field that a query names and that no run has, with the one that may be meant. */
export interface UnknownField {
  readonly field: string;
  readonly likely: string | null;
}

const lastWord = (field: string): string => field.split('.').at(-1) ?? field;

const nearWord = (field: string, known: readonly string[]) => nearest(lastWord(field), known.map(lastWord));

/** The fields of a query that none of the runs has; none where the query cannot be read. */
export function unknownFields(
  parse: (query: string) => Expression | null,
  query: string,
  infos: readonly FieldInfo[],
): UnknownField[] {
  const known = infos.map(({ field }) => field);
  let asked: readonly Field[];
  try {
    const expression = parse(query);
    asked = expression ? fieldsOf(expression) : [];
  } catch {
    return [];
  }
  const missing = asked
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
