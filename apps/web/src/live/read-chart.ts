import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Told } from './changes.ts';
import { type AskedCurves, type ChartData, chartOf, type ReadCurves, withGroups } from './chart-data.ts';

/** Reads the curves of a chart, or only some of its groups. */
export type ReadChart = (asked: AskedCurves, only: readonly string[] | null) => Promise<ReadCurves>;

/**
 * The query function of a chart: reads everything, or only groups that are outdated. Points that arrive in the meantime are
 * added to the result.
 * @throws whatever `read` throws; what was outdated then remains so
 */
export async function readChart(
  queries: QueryClient,
  queryKey: QueryKey,
  asked: AskedCurves,
  read: ReadChart,
  told: () => Told,
): Promise<ChartData> {
  const before = queries.getQueryData<ChartData>(queryKey);
  const stale = before?.stale ?? 'all';
  const only = stale === 'all' || stale.length === 0 ? null : stale;
  if (!before || only === null) return chartOf(asked, await read(asked, null), told().series);
  const mark = (of: ChartData, keys: readonly string[]) =>
    queries.setQueryData<ChartData>(queryKey, { ...of, stale: of.stale === 'all' ? 'all' : keys });
  // Changes from here on must be read after this.
  mark(before, []);
  try {
    const groups = await read({ ...asked, raw: false }, only);
    return withGroups(queries.getQueryData<ChartData>(queryKey) ?? before, groups);
  } catch (error) {
    const now = queries.getQueryData<ChartData>(queryKey) ?? before;
    mark(now, [...new Set([...(now.stale === 'all' ? [] : now.stale), ...only])]);
    throw error;
  }
}
