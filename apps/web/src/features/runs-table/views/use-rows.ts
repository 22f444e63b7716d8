'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import { useStable } from '#src/live/use-stable.ts';
import type { RunGroup } from '../model/answers.ts';
import { flatLayout, groupedLayout, type RowLayout, stretches } from '../model/layout.ts';
import { both, valuesQuery } from '../model/run-query.ts';
import { type RowsQuery, type RunRow, type WantedWindow, windowOffsets } from '../model/windows.ts';
import { useWindows } from './use-windows.ts';

/** The groups, and which of them are open. */
export interface OpenGroups {
  readonly by: readonly string[];
  readonly groups: readonly RunGroup[];
  readonly isOpen: (group: RunGroup) => boolean;
}

interface Options {
  readonly rows: RowsQuery;
  readonly query: string;
  /** Null where the rows are not grouped. */
  readonly grouped: OpenGroups | null;
  /** The rows in view. */
  readonly first: number;
  readonly last: number;
  readonly direction: 'up' | 'down';
}

export interface Rows {
  readonly layout: RowLayout;
  /** How many runs match the query; undefined until that is known. */
  readonly total: number | undefined;
  readonly runAt: (row: number) => RunRow | undefined;
  /** The ids of the runs between two rows, both included. */
  readonly idsBetween: (one: number, other: number) => Promise<string[]>;
  readonly order: string;
  readonly stale: boolean;
  readonly error: string | null;
}

const MOST_AT_ONCE = 500;

/** The rows of the table. Those in view and near it are read. */
export function useRows({ rows, query, grouped, first, last, direction }: Options): Rows {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const order = JSON.stringify([rows.archived, rows.sort, query, grouped?.by ?? null]);
  const queryOf = useCallback(
    (group: number | null): string => {
      const found = group === null ? undefined : grouped?.groups[group];
      return grouped && found ? both(query, valuesQuery(grouped.by, found.values)) : query;
    },
    [grouped, query],
  );
  const groups = useMemo(
    () => grouped && groupedLayout(grouped.groups.map((group) => ({ runs: group.runs, open: grouped.isOpen(group) }))),
    [grouped],
  );
  // The length of the list is known once a part of it has been read.
  const known = useRef({ order: '', total: 0 });
  const wanted = useStable<readonly WantedWindow[]>(
    groups && grouped
      ? windowsOfGroups(groups, grouped.groups, queryOf, first, last)
      : windowOffsets(first, last, known.current.order === order ? known.current.total : last + 1, direction).map(
          (offset) => ({ query, offset }),
        ),
  );
  const windows = useWindows(rows, wanted, order);
  const total = windows.total(query);
  if (total !== undefined && !windows.stale) known.current = { order, total };
  const layout = useMemo(() => groups ?? flatLayout(total ?? 0), [groups, total]);

  const runAt = useCallback(
    (row: number) => {
      if (row < 0 || row >= layout.count) return undefined;
      const place = layout.at(row);
      return place.kind === 'run' ? windows.row(queryOf(place.group), place.index) : undefined;
    },
    [layout, windows, queryOf],
  );

  const idsBetween = useCallback(
    async (one: number, other: number) => {
      const [from, to] = one < other ? [one, other] : [other, one];
      const places = Array.from({ length: to - from + 1 }, (_, i) => layout.at(from + i));
      const { experimentId, archived, sort } = rows;
      const answers = stretches(places).flatMap(({ group, start, end }) => {
        const target = { experimentId, archived, query: queryOf(group) };
        const offsets = Array.from(
          { length: Math.ceil((end - start) / MOST_AT_ONCE) },
          (_, i) => start + i * MOST_AT_ONCE,
        );
        return offsets.map((offset) =>
          queries.fetchQuery(
            trpc.runs.table.queryOptions({
              target,
              fields: [],
              sort: [...sort],
              offset,
              limit: Math.min(MOST_AT_ONCE, end - offset),
            }),
          ),
        );
      });
      return (await Promise.all(answers)).flatMap(({ ids }) => ids);
    },
    [layout, rows, queryOf, queries, trpc],
  );

  return { layout, total, runAt, idsBetween, order, stale: windows.stale, error: windows.error };
}

/** The windows to read for rows in view that belong to open groups. */
function windowsOfGroups(
  layout: RowLayout,
  groups: readonly RunGroup[],
  queryOf: (group: number) => string,
  first: number,
  last: number,
): WantedWindow[] {
  const places = Array.from({ length: Math.max(0, Math.min(layout.count, last + 1) - first) }, (_, i) =>
    layout.at(first + i),
  );
  return stretches(places).flatMap(({ group, start, end }) =>
    windowOffsets(start, end - 1, groups[group ?? 0]?.runs ?? 0, 'down', 1).map((offset) => ({
      query: queryOf(group ?? 0),
      offset,
    })),
  );
}
