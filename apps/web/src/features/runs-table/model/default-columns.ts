import type { FieldInfo } from '@whorl/core';
import { factorFields } from '#src/contract/factor-fields.ts';
import type { Column } from './columns.ts';
import { mainFields } from './main-fields.ts';

// The columns to show first, derived from the fields of an experiment's runs.

const MOST_VARYING = 4;

const column = (field: string, pinned = false): Column => ({ field, pinned, width: null });

/** Name, accuracy and loss first, which fit on a narrow screen; then factors, seed, status and duration. */
export function defaultColumns(fields: readonly FieldInfo[], ofStudy: readonly string[]): Column[] {
  const factors = factorFields(fields, ofStudy)
    .slice(0, MOST_VARYING)
    .map(({ field }) => column(field));
  return [
    column('name', true),
    ...mainFields(fields).map((field) => column(field)),
    ...factors,
    ...['seed', 'status', 'duration'].map((field) => column(field)),
  ];
}
