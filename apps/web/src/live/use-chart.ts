'use client';

import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useTRPC, useTRPCClient } from '#src/api/trpc.tsx';
import type { Target } from '#src/contract/target.ts';
import { type AskedCurves, type ChartData, chartOf, type Drawn } from './chart-data.ts';
import { useTold } from './live-provider.tsx';
import { type ReadChart, readChart } from './read-chart.ts';

export interface ChartState {
  readonly drawn: Drawn | null;
  readonly loading: boolean;
  readonly failed: boolean;
}

/** Ranges that are no longer shown are kept for this long. Each holds thousands of points. */
const KEPT_MS = 30_000;

const NOTHING: ChartState = { drawn: null, loading: false, failed: false };

/**
 * The curves of a chart, which grow. Until new ones have been read, it keeps the previous ones.
 * @param asked null while the chart cannot be seen
 */
export function useChart(target: Target, asked: AskedCurves | null): ChartState {
  return useCharts(target, asked === null ? null : [asked])[0] ?? NOTHING;
}

/**
 * The curves of several metrics, each read on its own. Until new ones have been read, the previous ones are kept.
 * @param asked null while the chart cannot be seen
 */
export function useCharts(target: Target, asked: readonly AskedCurves[] | null): readonly ChartState[] {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const told = useTold();
  const wanted = asked && JSON.stringify({ target, asked });
  const options = useMemo(() => {
    if (wanted === null) return [];
    const { target, asked } = JSON.parse(wanted) as { target: Target; asked: readonly AskedCurves[] };
    return asked.map((asked) => {
      // The query has the procedure's own key, so that events find it. Its data are the unpacked curves.
      const queryKey: QueryKey = trpc.curves.chart.queryKey({ ...asked, target });
      return {
        queryKey,
        queryFn: ({ signal }: { signal: AbortSignal }): Promise<ChartData> => {
          const read: ReadChart = (of, only) => client.curves.chart.query({ ...of, only, target }, { signal });
          return readChart(queries, queryKey, asked, read, told);
        },
        gcTime: KEPT_MS,
        structuralSharing: false as const,
      };
    });
  }, [wanted, trpc, client, queries, told]);
  // In a layout effect, before the charts render again, so that the request is sent first.
  useLayoutEffect(() => {
    for (const one of options) void queries.prefetchQuery(one);
  }, [options, queries]);
  const answers = useQueries({ queries: options });
  // By metric, what was drawn last.
  const shown = useRef<{ readonly where: string; readonly drawn: ReadonlyMap<string, ChartData> } | null>(null);
  const where = JSON.stringify(target);
  const before = shown.current?.where === where ? shown.current.drawn : new Map<string, ChartData>();
  const states = (asked ?? []).map(({ key }, i): ChartState => {
    const { data, isFetching = false, isError = false } = answers[i] ?? {};
    return {
      drawn: data ?? before.get(key) ?? null,
      loading: isFetching && data === undefined,
      failed: isError,
    };
  });
  if (answers.some(({ data }) => data !== undefined)) {
    const drawn = answers.flatMap(({ data }) => (data ? [[data.asked.key, data] as const] : []));
    shown.current = { where, drawn: new Map([...before, ...drawn]) };
  }
  return states;
}

/** Reads what a chart shows with every recorded point, for a file. */
export function useEveryPoint(target: Target): (asked: AskedCurves) => Promise<{ drawn: Drawn; isThinned: boolean }> {
  const client = useTRPCClient();
  const where = JSON.stringify(target);
  return useCallback(
    async (asked) => {
      const target = JSON.parse(where) as Target;
      const read = await client.curves.chart.query({ ...asked, every: true, target });
      return { drawn: chartOf(asked, read), isThinned: read.isThinned };
    },
    [client, where],
  );
}
