import { describe, expect, it } from 'vitest';
import { untold } from '../src/features/curves/model/outline-news.ts';
import { shownMetrics } from '../src/features/curves/model/shown-metrics.ts';
import type { Context } from '../src/server/access/context.ts';
import { runFor } from '../src/server/access/guest-view.ts';
import { createCaller } from '../src/server/router.ts';
import { log, ownerOf, startRun, temporaryStore } from './record.ts';

/** What an event tells of a run, and what the outline of its experiment says now. */
async function seen(store: Context['store'], runId: string) {
  const caller = createCaller(ownerOf(store));
  const run = runFor('whole', await store.runs.get(runId));
  const outline = () => caller.curves.outline({ target: { experimentId: run.experimentId }, by: null, seeds: false });
  return { news: { runs: [run] }, outline };
}

const LATER = 60_000;

describe('the outline of a live page', () => {
  it('is not read again for the first event of a run that it tells of already', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    log(store, id, 'loss', 0, [1, 0.5]);
    const { news, outline } = await seen(store, id);
    expect(untold(news, await outline(), [], Date.now() + LATER)).toEqual([]);
  });

  it('is read again at the first point of a run with one metric, for a page that was opened before it', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    const before = await (await seen(store, id)).outline();
    log(store, id, 'loss', 0, [1]);
    const { news, outline } = await seen(store, id);
    expect(untold(news, before, [id], Date.now() + LATER)).toEqual(['metric loss']);
    expect(untold(news, await outline(), [id], Date.now() + LATER)).toEqual([]);
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
    expect(untold(news, before, [id], Date.now() + LATER)).toEqual(['curve gradientNorm']);
    expect(untold(news, await outline(), [id], Date.now() + LATER)).toEqual([]);
    expect(shownMetrics(await outline(), [])).toEqual(['loss', 'gradientNorm']);
  });

  it('is read again for a run that joins after the page was read', async () => {
    const store = await temporaryStore();
    const readAt = Date.now();
    const { id } = await startRun(store, 'mine');
    const { news, outline } = await seen(store, id);
    expect(untold(news, await outline(), [], readAt)).toEqual([`run ${id}`]);
    expect(untold(news, await outline(), [id], readAt)).toEqual([]);
  });
});
