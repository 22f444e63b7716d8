import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Told } from './changes.ts';
import { type AskedCurves, type ChartData, chartOf, type ReadCurves, withGroups } from './chart-data.ts';

/** Reads the curves of a chart; of its groups these alone, where there are some. */
export type ReadChart = (asked: AskedCurves, only: readonly string[] | null) => Promise<ReadCurves>;

/**
 * What a chart's query does: it reads all of the chart, or where no more than some groups are not true any more those
 * alone. Points that came meanwhile are in what it gives.
 * @throws what `read` throws; what was to be read is then still to be read
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
  // What changes from here on is to be read after this.
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
