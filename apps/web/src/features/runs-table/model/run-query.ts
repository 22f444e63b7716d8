import { type Cell, formatField, formatLiteral, parseField } from '@whorl/core';
import type { Selection } from './selection.ts';

// What the table asks for by itself: the runs of a group, and those that are chosen.

/** The runs that match both queries; a blank one matches all. */
export function both(one: string, other: string): string {
  if (one.trim() === '') return other;
  if (other.trim() === '') return one;
  return `(${one}) and (${other})`;
}

/** The runs whose fields have these values; null for the runs that have no such field. */
export const valuesQuery = (by: readonly string[], values: readonly Cell[]): string =>
  by
    .map((field, i) => {
      const value = values[i] ?? null;
      const name = formatField(parseField(field));
      return value === null ? `${name} is null` : `${name} = ${formatLiteral(value)}`;
    })
    .join(' and ');

/** What a comparison, a tag or an archive is to be of: some runs, or what matches a query. */
export type SelectedRuns =
  | { readonly runIds: string[] }
  | {
      readonly experimentId: string;
      readonly query: string;
      readonly archived: boolean;
      readonly except?: string[];
    };

/** The chosen runs of a table over an experiment's runs that match `query`. */
export function selectedRuns(
  { all, ids }: Selection,
  base: { readonly experimentId: string; readonly query: string; readonly archived: boolean },
): SelectedRuns {
  if (!all) return { runIds: [...ids] };
  return ids.size === 0 ? base : { ...base, except: [...ids] };
}
