import type { Cell } from '@whorl/core';
import type { Sort } from './sorting.ts';

// Rows are read in windows of neighbours: those in view and the next ones in the direction of scrolling. Each is kept for
// some minutes, so that going back shows its rows at once.

export const WINDOW = 100;

/** One run of the table. */
export interface RunRow {
  readonly id: string;
  /** Undefined until the field has been read. */
  readonly cell: (field: string) => Cell | undefined;
}

/** The query of a table's rows, without the window. */
export interface RowsQuery {
  readonly experimentId: string;
  readonly archived: boolean;
  readonly fields: readonly string[];
  readonly sort: readonly Sort[];
}

/** A window to read: of the runs that match `query`, starting at `offset`. */
export interface WantedWindow {
  readonly query: string;
  readonly offset: number;
}

/** The input of `runs.table` for a window. The server uses the same for the first paint. */
export const windowInput = ({ experimentId, archived, fields, sort }: RowsQuery, { query, offset }: WantedWindow) => ({
  target: { experimentId, query, archived },
  fields: [...fields],
  sort: [...sort],
  offset,
  limit: WINDOW,
});

/**
 * The offsets of the windows for the rows `first` to `last`: those in view, one behind, and some ahead in the direction of
 * scrolling.
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
