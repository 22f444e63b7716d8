import { formatField, parseField } from '@whorl/core';

/** The order of rows by one field. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/** Parses a sort of the address: `-` before the field for the highest first. */
export function parseSort(text: string): Sort {
  const descending = text.startsWith('-');
  return { field: formatField(parseField(descending ? text.slice(1) : text)), descending };
}

/** Writes a sort as {@link parseSort} reads it. */
export const formatSort = ({ field, descending }: Sort): string => `${descending ? '-' : ''}${field}`;

/**
 * The sorting after a click on a column's title: lowest first, then highest first, then unsorted. With `add`, other columns
 * remain part of the sorting.
 */
export function nextSort(sort: readonly Sort[], field: string, add: boolean): Sort[] {
  const at = sort.find((item) => item.field === field);
  const next = at === undefined ? { field, descending: false } : at.descending ? null : { field, descending: true };
  if (!add) return next ? [next] : [];
  if (at === undefined) return next ? [...sort, next] : [...sort];
  return sort.flatMap((item) => (item.field === field ? (next ?? []) : item));
}
