import { type Cell, formatField, formatLiteral, parseField } from '@whorl/core';
import type { Selection } from './selection.ts';

// Queries that the table builds itself: for the runs of a group, and for selected runs.

/** The runs that match both queries. An empty query matches all. */
export function both(one: string, other: string): string {
  if (one.trim() === '') return other;
  if (other.trim() === '') return one;
  return `(${one}) and (${other})`;
}

/** The runs whose fields have these values. Null matches runs that lack the field. */
export const valuesQuery = (by: readonly string[], values: readonly Cell[]): string =>
  by
    .map((field, i) => {
      const value = values[i] ?? null;
      const name = formatField(parseField(field));
      return value === null ? `${name} is null` : `${name} = ${formatLiteral(value)}`;
    })
    .join(' and ');

/** The runs that are compared, tagged or archived: given by id, or by a query. */
export type SelectedRuns =
  | { readonly runIds: string[] }
  | {
      readonly experimentId: string;
      readonly query: string;
      readonly archived: boolean;
      readonly except?: string[];
    };

/** The selected runs of a table whose runs match `query`. */
export function selectedRuns(
  { all, ids }: Selection,
  base: { readonly experimentId: string; readonly query: string; readonly archived: boolean },
): SelectedRuns {
  if (!all) return { runIds: [...ids] };
  return ids.size === 0 ? base : { ...base, except: [...ids] };
}
