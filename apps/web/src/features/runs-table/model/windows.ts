import type { Cell } from '@whorl/core';
import type { Sort } from './sorting.ts';

// The rows are read in windows of neighbours. Those in view and the next ones in the direction of scrolling are asked
// for; each is kept for some minutes, so that going back shows rows at once.

export const WINDOW = 100;

/** One run of the table. */
export interface RunRow {
  readonly id: string;
  /** Undefined while the field has not been read. */
  readonly cell: (field: string) => Cell | undefined;
}

/** What a table's rows are of, apart from which of them. */
export interface RowsQuery {
  readonly experimentId: string;
  readonly archived: boolean;
  readonly fields: readonly string[];
  readonly sort: readonly Sort[];
}

/** A window that is wanted: of the runs that match `query`, from `offset` on. */
export interface WantedWindow {
  readonly query: string;
  readonly offset: number;
}

/** The input of `runs.table` for a window; the server's first paint asks for the same. */
export const windowInput = ({ experimentId, archived, fields, sort }: RowsQuery, { query, offset }: WantedWindow) => ({
  target: { experimentId, query, archived },
  fields: [...fields],
  sort: [...sort],
  offset,
  limit: WINDOW,
});

/**
 * The offsets of the windows to read for the rows from `first` to `last`: those in view, one behind, and some ahead in
 * the direction of scrolling.
 */
export function windowOffsets(
  first: number,
  last: number,
  total: number,
  direction: 'up' | 'down',
  ahead = 2,
): number[] {
  const [behindFirst, aheadLast] = direction === 'down' ? [1, ahead] : [ahead, 1];
  const from = Math.max(0, Math.floor(first / WINDOW) - behindFirst);
  const to = Math.min(Math.max(0, Math.ceil(total / WINDOW) - 1), Math.floor(last / WINDOW) + aheadLast);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => (from + i) * WINDOW);
}
