'use client';

import { useQueries } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTRPC } from '#src/api/trpc.tsx';
import type { RunWindow } from '../model/answers.ts';
import { type RowsQuery, type RunRow, type WantedWindow, WINDOW, windowInput } from '../model/windows.ts';

interface Kept {
  readonly window: RunWindow;
  readonly fields: readonly string[];
}

const KEPT_MS = 5 * 60_000;
const keyOf = ({ query, offset }: WantedWindow): string => `${offset} ${query}`;

const made = new WeakMap<RunWindow, { readonly fields: readonly string[]; readonly rows: readonly RunRow[] }>();

/** The rows of a window. The same window gives the same objects, so that only changed rows render again. */
function rowsOf(window: RunWindow, fields: readonly string[]): readonly RunRow[] {
  const known = made.get(window);
  if (known?.fields === fields) return known.rows;
  const places = new Map(fields.map((field, i) => [field, i]));
  const rows = window.ids.map((id, row): RunRow => {
    const cell = (field: string) => {
      const column = places.get(field);
      return column === undefined ? undefined : window.columns[column]?.[row];
    };
    return { id, cell };
  });
  made.set(window, { fields, rows });
  return rows;
}

export interface Windows {
  /** How many runs match a query; undefined until that is known. */
  readonly total: (query: string) => number | undefined;
  /** The nth run that matches a query; undefined until it has been read. */
  readonly row: (query: string, index: number) => RunRow | undefined;
  /** Whether the shown rows still belong to a previous order or query. */
  readonly stale: boolean;
  readonly error: string | null;
}

/**
 * The rows of the wanted windows.
 * @param order changes whenever the new rows are unrelated to the previous ones
 */
export function useWindows(rows: RowsQuery, wanted: readonly WantedWindow[], order: string): Windows {
  const trpc = useTRPC();
  const results = useQueries({
    queries: wanted.map((window) =>
      trpc.runs.table.queryOptions(windowInput(rows, window), { staleTime: KEPT_MS, gcTime: KEPT_MS }),
    ),
    combine: (all) => ({
      data: all.map(({ data }) => data),
      error: all.find(({ error }) => error)?.error?.message ?? null,
    }),
  });
  const kept = useRef({ order, windows: new Map<string, Kept>() });
  const { data, error } = results;

  return useMemo(() => {
    const arrived = data.some((window) => window !== undefined);
    if (kept.current.order !== order && arrived) kept.current = { order, windows: new Map() };
    const stale = kept.current.order !== order;
    const { windows } = kept.current;
    for (const [i, window] of data.entries()) {
      const place = wanted[i];
      if (window && place && !stale) windows.set(keyOf(place), { window, fields: rows.fields });
    }
    // Until the first rows of a new query arrive, those of the previous one are shown.
    const standIns = stale ? [...windows] : [];
    const find = (query: string, offset: number): Kept | undefined =>
      windows.get(keyOf({ query, offset })) ?? standIns.find(([key]) => key.startsWith(`${offset} `))?.[1];
    return {
      stale,
      error,
      total: (query) => {
        const fresh = data.findIndex((window, i) => window && wanted[i]?.query === query);
        if (fresh >= 0) return data[fresh]?.total;
        return [...windows].find(([key]) => stale || key.endsWith(` ${query}`))?.[1].window.total;
      },
      row: (query, index) => {
        const offset = Math.floor(index / WINDOW) * WINDOW;
        const found = find(query, offset);
        return found && rowsOf(found.window, found.fields)[index - offset];
      },
    };
  }, [data, error, wanted, order, rows.fields]);
}
