import { describe, expect, it } from 'vitest';
import { unpackColumn } from '../src/api/columns.ts';
import { readCursor } from '../src/live/cursor.ts';
import { liveEvents, look } from '../src/server/live.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const FAST = { pollMs: 5, checkMs: 5 };

describe('live pages', () => {
  it("are sent only what is new, and go on from any event's id", async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2]);
    const watch = { selection: { scope: { runIds: [run.id] } }, keys: ['loss'], frames: true, times: false };
    const stop = new AbortController();
    const events = liveEvents(ownerOf(store), watch, { since: 0, runs: new Map() }, stop.signal, FAST);
    const next = async () =>
      (await events.next()).value as { id: string; event: Awaited<ReturnType<typeof look>>['event'] };

    const first = await next();
    expect(first.event.series).toMatchObject([{ offset: 0, total: 2 }]);
    log(store, run.id, 'loss', 2, [1]);
    const second = await next();
    expect(second.event.series).toMatchObject([{ offset: 2, total: 3 }]);
    expect([...unpackColumn(second.event.series[0]?.values ?? '')]).toEqual([1]);
    await store.artifacts.put(run.id, {
      name: 'boundary',
      step: 3,
      mediaType: 'x',
      data: Buffer.alloc(12),
      meta: { grid: 2, classes: 3, extent: 1 },
    });
    expect((await next()).event.frames).toMatchObject([{ step: 3 }]);
    await store.runs.end(run.id, 'finished', { durationMs: 1 });
    expect((await next()).event).toMatchObject({ runs: [{ status: 'finished' }], series: [] });

    const cursor = readCursor(first.id);
    if (!cursor) throw new Error('an event has an id that is no cursor');
    const { event } = await look(store, watch, cursor);
    expect(event.series).toMatchObject([{ offset: 2, total: 3 }]);
    stop.abort();
    expect((await events.next()).done).toBe(true);
  });

  it('of an experiment hear of runs that another process starts', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine', 1);
    const watch = { selection: { scope: { experimentId } }, keys: ['loss'], frames: false, times: false };
    const { cursor } = await look(store, watch, { since: Date.now(), runs: new Map() });
    const other = await startRun(store, 'mine', 2);
    const { event } = await look(store, watch, cursor);
    expect(event.runs.map(({ id }) => id)).toEqual([other.id]);
  });

  it('of someone with a link end when the link is closed', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { context, shareId } = await guestOf(store, run.experimentId);
    const events = liveEvents(
      context,
      { selection: { scope: { runIds: [run.id] } }, keys: [], frames: false, times: false },
      { since: 0, runs: new Map() },
      undefined,
      FAST,
    );
    expect((await events.next()).done).toBe(false);
    await store.shares.revoke(shareId);
    expect((await events.next()).done).toBe(true);
  });

  it('take an id that is none for no id', () => {
    const none = [null, undefined, '', '{}', '1~', '1~../x.1.0.0', '1~a.9.0.0', '1~a.1', '1'.repeat(20_000)];
    expect(none.map(readCursor)).toEqual(none.map(() => null));
  });
});
