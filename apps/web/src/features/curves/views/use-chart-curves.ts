import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useTRPCClient } from '#src/api/trpc.tsx';
import { levelsOf } from '#src/contract/outline.ts';
import type { Target } from '#src/contract/target.ts';
import type { LiveRecord } from '#src/live/use-record.ts';
import { type Asked, ChartCurves, type ChartState, type Drawn, drawnFrom } from '../model/chart-curves.ts';

/**
 * The curves that a chart asks for, as they grow.
 * @param asked null as long as nobody can see the chart
 */
export function useChartCurves(target: Target, asked: Asked | null, record: LiveRecord): ChartState {
  const client = useTRPCClient();
  const where = JSON.stringify(target);
  const curves = useMemo(() => {
    const target = JSON.parse(where) as Target;
    return new ChartCurves((asked, only, signal) => client.curves.chart.query({ ...asked, only, target }, { signal }));
  }, [client, where]);

  const wanted = asked && JSON.stringify(asked);
  // Before the charts are drawn anew: the answer is on its way meanwhile.
  useLayoutEffect(() => {
    if (wanted) curves.ask(JSON.parse(wanted) as Asked);
  }, [curves, wanted]);
  useEffect(() => () => curves.stop(), [curves]);

  const latest = useRef({ runs: record.runs, by: asked?.by ?? [] });
  latest.current = { runs: record.runs, by: asked?.by ?? [] };
  const { listen } = record;
  useEffect(
    () =>
      listen((news) => {
        const find = (runId: string) => {
          const { runs, by } = latest.current;
          const run = news.runs?.find(({ id }) => id === runId) ?? runs.find(({ id }) => id === runId);
          return run ? levelsOf(run.params, by) : null;
        };
        curves.hear(news, find);
      }),
    [curves, listen],
  );
  return useSyncExternalStore(curves.subscribe, curves.get, () => NOTHING);
}

/** Reads what a chart asks for with every point that was recorded, for a file. */
export function useEveryPoint(target: Target): (asked: Asked) => Promise<{ drawn: Drawn; isThinned: boolean }> {
  const client = useTRPCClient();
  const where = JSON.stringify(target);
  return useCallback(
    async (asked) => {
      const target = JSON.parse(where) as Target;
      const read = await client.curves.chart.query({ ...asked, every: true, target });
      return { drawn: drawnFrom(asked, read), isThinned: read.isThinned };
    },
    [client, where],
  );
}

const NOTHING: ChartState = { drawn: null, loading: false, failed: false };
