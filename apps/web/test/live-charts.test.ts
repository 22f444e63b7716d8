import { QueryClient, type QueryKey, QueryObserver } from '@tanstack/react-query';
import type { Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startAt } from '../src/contract/cursor.ts';
import type { LiveEvent } from '../src/contract/live.ts';
import { apply } from '../src/live/apply.ts';
import type { Told } from '../src/live/changes.ts';
import type { AskedCurves, ChartData } from '../src/live/chart-data.ts';
import { type ReadChart, readChart } from '../src/live/read-chart.ts';
import { Refresher } from '../src/live/refresher.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, log, lookOnce, ownerOf, startRun, temporaryStore } from './record.ts';

// Charts as a page has them: TanStack's cache, what is read by the procedure, and what is told by looks at the record. The
// truth is what the procedure says of the same record when everything has come.

const NAN = Number.NaN;
const by = ['model.activation'];
const ASKED: AskedCurves = {
  key: 'loss',
  x: 'step',
  range: null,
  buckets: 100,
  smoothing: 0,
  by,
  raw: true,
  mean: true,
};

interface Page {
  readonly queries: QueryClient;
  readonly refresher: Refresher;
  readonly told: { series: Told['series']; params: Map<string, Record<string, string | number | boolean>> };
}

/** A page that shows charts. */
function pageOf(): Page {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const refresher = new Refresher(queries, () => true);
  const stop = refresher.start();
  onTestFinished(() => {
    stop();
    queries.clear();
  });
  return { queries, refresher, told: { series: [], params: new Map() } };
}

function hears({ queries, refresher, told }: Page, event: LiveEvent): void {
  told.series = [...told.series, ...event.series];
  for (const { id, params } of event.runs) told.params.set(id, params);
  apply(event, queries, refresher, told);
}

/** A chart of the page, and how it is asked for. */
function show(page: Page, target: object, asked: AskedCurves, read: ReadChart) {
  const { queries, told } = page;
  const queryKey: QueryKey = [['curves', 'chart'], { input: { ...asked, target }, type: 'query' }];
  const observer = new QueryObserver<ChartData>(queries, {
    queryKey,
    queryFn: () => readChart(queries, queryKey, asked, read, () => told),
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  onTestFinished(observer.subscribe(() => {}));
  return () => observer.getCurrentResult();
}

/** A chart of a record, and how to let it hear of what is new. */
async function chartOf(store: Store, experimentId: string, more: Partial<AskedCurves> = {}) {
  const caller = createCaller(ownerOf(store));
  const target = { experimentId };
  const asked: AskedCurves = { ...ASKED, ...more };
  const reads: (readonly string[] | null)[] = [];
  const page = pageOf();
  const state = show(page, target, asked, (of, only) => {
    reads.push(only);
    return caller.curves.chart({ ...of, only, target });
  });
  await expect.poll(() => state().data).toBeDefined();
  const watch = { selection: { scope: target }, keys: ['loss'], frames: false, times: asked.x === 'time', ...ALONE };
  let { cursor } = await lookOnce(store, watch, startAt(Date.now() + 60_000));
  /** @param deaf whether the news are lost on the way */
  const hear = async (deaf = false) => {
    const seen = await lookOnce(store, watch, cursor);
    cursor = seen.cursor;
    if (!deaf) hears(page, seen.event);
  };
  return { page, drawn: () => state().data, hear, reads, whole: () => reads.filter((only) => only === null).length };
}

describe("a chart's curves", () => {
  it('grow by the points that come, and the groups follow', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2]);
    const { drawn, hear, reads } = await chartOf(store, run.experimentId);
    expect([...(drawn()?.runs[0]?.values ?? [])]).toEqual([3, 2]);
    log(store, run.id, 'loss', 2, [1, NAN]);
    await hear();
    expect([...(drawn()?.runs[0]?.values ?? [])]).toEqual([3, 2, 1, NAN]);
    expect(drawn()).toMatchObject({ extent: [0, 3], runs: [{ recorded: 4 }] });
    await expect.poll(() => [...(drawn()?.groups[0]?.mean ?? [])], { timeout: 5000 }).toEqual([3, 2, 1, NAN]);
    expect(reads, 'of the groups only the one that grew').toEqual([null, ['["relu"]']]);
  });

  it('go on smoothing where the server stopped', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const values = Array.from({ length: 50 }, (_, i) => Math.cos(i));
    log(store, run.id, 'loss', 0, values.slice(0, 20));
    const { drawn, hear } = await chartOf(store, run.experimentId, { smoothing: 0.9, mean: false });
    for (let at = 20; at < 50; at += 10) {
      log(store, run.id, 'loss', at, values.slice(at, at + 10));
      await hear();
    }
    const again = await chartOf(store, run.experimentId, { smoothing: 0.9, mean: false });
    expect([...(drawn()?.runs[0]?.smooth ?? [])]).toEqual([...(again.drawn()?.runs[0]?.smooth ?? [])]);
  });

  it('are read again where points were lost on the way, and where a run is new', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3]);
    const { drawn, hear, whole } = await chartOf(store, run.experimentId, { mean: false });
    log(store, run.id, 'loss', 1, [2]);
    await hear(true);
    log(store, run.id, 'loss', 2, [1]);
    await hear();
    await expect.poll(() => [...(drawn()?.runs[0]?.values ?? [])], { timeout: 5000 }).toEqual([3, 2, 1]);
    const other = await startRun(store, 'mine', 2);
    log(store, other.id, 'loss', 0, [5]);
    await hear();
    await expect.poll(() => drawn()?.runs.length, { timeout: 5000 }).toBe(2);
    expect(whole()).toBe(3);
  });

  it('bug: have what came while they were on their way, though nothing comes after it', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2]);
    const target = { runIds: [run.id] };
    const watch = { selection: { scope: target }, keys: ['loss'], frames: false, times: false, ...ALONE };
    const { cursor } = await lookOnce(store, watch, startAt(Date.now() + 60_000));
    const caller = createCaller(ownerOf(store));
    const page = pageOf();
    const state = show(page, target, { ...ASKED, mean: false }, async (of, only) => {
      const read = await caller.curves.chart({ ...of, only, target });
      log(store, run.id, 'loss', 2, [1]);
      hears(page, (await lookOnce(store, watch, cursor)).event);
      return read;
    });
    await expect.poll(() => [...(state().data?.runs[0]?.values ?? [])]).toEqual([3, 2, 1]);
  });

  it('bug: that could not be read are read again, whole where nothing was there yet', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2, 1]);
    const caller = createCaller(ownerOf(store));
    const target = { experimentId: run.experimentId };
    let down = true;
    const read: ReadChart = async (of, only) => {
      if (down) throw new TypeError('fetch failed');
      return caller.curves.chart({ ...of, only, target });
    };
    const page = pageOf();
    const whole = show(page, target, { ...ASKED, by: [] }, read);
    await expect.poll(() => whole().isError).toBe(true);
    down = false;
    await expect.poll(() => whole().data, { timeout: 10_000 }).toMatchObject({ runs: [{ runId: run.id }] });
    expect(whole()).toMatchObject({ isError: false, data: { groups: [{ runs: 1 }] } });
    down = true;
    const zoomed = show(page, target, { ...ASKED, range: [1, 2] }, read);
    await expect.poll(() => zoomed().isError).toBe(true);
    down = false;
    await expect.poll(() => zoomed().data?.asked.range, { timeout: 10_000 }).toEqual([1, 2]);
  });

  it('over time keep points of one moment', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const times = new Float64Array(4).fill((run.startedAt?.getTime() ?? 0) + 500);
    const append = (offset: number, steps: number[]) =>
      store.metrics.append(run.id, [
        {
          key: 'loss',
          offset,
          steps: Float64Array.from(steps),
          values: Float64Array.from(steps),
          times: times.slice(0, steps.length),
        },
      ]);
    append(0, [0, 1]);
    const { drawn, hear } = await chartOf(store, run.experimentId, { x: 'time', mean: false });
    append(2, [2, 3]);
    await hear();
    expect([...(drawn()?.runs[0]?.values ?? [])]).toEqual([0, 1, 2, 3]);
    expect([...(drawn()?.runs[0]?.steps ?? [])]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('stay bounded however long a run logs', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [0]);
    const { drawn, hear } = await chartOf(store, run.experimentId, { mean: false });
    const sizes: number[] = [];
    for (let at = 1; at < 40_000; at += 2000) {
      const values = Array.from({ length: 2000 }, (_, i) => Math.sin(at + i));
      log(store, run.id, 'loss', at, values);
      await hear();
      sizes.push(drawn()?.runs[0]?.values.length ?? 0);
    }
    expect(Math.max(...sizes)).toBeLessThan(1100);
    expect(drawn()?.runs[0]).toMatchObject({ recorded: 40_001 });
  });
});
