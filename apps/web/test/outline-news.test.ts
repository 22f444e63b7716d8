import { describe, expect, it } from 'vitest';
import { startAt } from '../src/contract/cursor.ts';
import { shownMetrics } from '../src/features/curves/model/shown-metrics.ts';
import { changesOf } from '../src/live/changes.ts';
import { untold } from '../src/live/outline-news.ts';
import type { Context } from '../src/server/access/context.ts';
import { runFor } from '../src/server/access/guest-view.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, log, lookOnce, ownerOf, startRun, temporaryStore } from './record.ts';

/** What an event tells of a run, and what the outline of its experiment says now. */
async function seen(store: Context['store'], runId: string) {
  const caller = createCaller(ownerOf(store));
  const run = runFor('whole', await store.runs.get(runId));
  const outline = () => caller.curves.outline({ target: { experimentId: run.experimentId }, by: null, seeds: false });
  return { news: [run], outline };
}

describe('the outline of a live page', () => {
  it('is not read again for the first event of a run that it tells of already', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    log(store, id, 'loss', 0, [1, 0.5]);
    const { news, outline } = await seen(store, id);
    expect(untold(news, await outline())).toEqual([]);
  });

  it('is read again at the first point of a run with one metric, for a page that was opened before it', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    const before = await (await seen(store, id)).outline();
    log(store, id, 'loss', 0, [1]);
    const { news, outline } = await seen(store, id);
    expect(untold(news, before)).toEqual(['metric loss']);
    expect(untold(news, await outline())).toEqual([]);
  });

  it('is read again where a metric of one point becomes a curve, and is drawn then', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    log(store, id, 'loss', 0, [1, 0.5]);
    log(store, id, 'gradientNorm', 0, [1]);
    const before = await (await seen(store, id)).outline();
    expect(shownMetrics(before, [])).toEqual(['loss']);
    log(store, id, 'gradientNorm', 1, [2]);
    const { news, outline } = await seen(store, id);
    expect(untold(news, before)).toEqual(['curve gradientNorm']);
    expect(untold(news, await outline())).toEqual([]);
    expect(shownMetrics(await outline(), [])).toEqual(['loss', 'gradientNorm']);
  });

  it('is read again for a run that joins after the page was read, and once', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine');
    const caller = createCaller(ownerOf(store));
    const target = { experimentId };
    const outline = await caller.curves.outline({ target, by: null, seeds: false });
    const watch = { selection: { scope: target }, keys: [], frames: false, times: false, ...ALONE };
    const { cursor } = await lookOnce(store, watch, startAt(Date.now() + 60_000));
    const answers = [{ path: 'curves.outline', input: { target, by: null, seeds: false }, data: outline }];
    const told = { series: [], params: new Map() };
    const { id } = await startRun(store, 'mine', 2);
    const first = await lookOnce(store, watch, { ...cursor, since: Date.now() });
    expect(first.event.added).toEqual([id]);
    expect(changesOf(first.event, answers, told)).toMatchObject([{ againMs: expect.any(Number) }]);
    await store.runs.end(id, 'finished', { durationMs: 1 });
    const second = await lookOnce(store, watch, first.cursor);
    expect(second.event).toMatchObject({ runs: [{ id, status: 'finished' }], added: [] });
    expect(changesOf(second.event, answers, told)).toEqual([]);
  });
});
