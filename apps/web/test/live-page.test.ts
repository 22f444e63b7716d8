import type { Store } from '@whorl/store';
import { openStore } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LiveEvent, WatchInput } from '../src/contract/live.ts';
import { LivePage, type OpenStream } from '../src/live/live-page.ts';
import { createCaller } from '../src/server/router.ts';
import { log, ownerOf, startRun, temporaryStore } from './record.ts';

/** A server that answers with streams of a record, which may be another one or gone. */
function serving(first: Store) {
  const inputs: WatchInput[] = [];
  const server: { store: Store | null } = { store: first };
  const open: OpenStream = (input, { onStarted, onEvent, onFailed }) => {
    inputs.push(input);
    const stop = new AbortController();
    const read = async () => {
      const { store } = server;
      if (!store) throw new TypeError('fetch failed');
      const answer = await createCaller(ownerOf(store), { signal: stop.signal }).live.watch(input);
      const events = answer as unknown as AsyncIterable<[id: string, event: LiveEvent]>;
      onStarted();
      for await (const [id, event] of events) {
        if (server.store !== store) throw new TypeError('the connection is lost');
        if (!stop.signal.aborted) onEvent(id, event);
      }
    };
    read().catch(() => onFailed(false));
    return () => stop.abort();
  };
  const events: LiveEvent[] = [];
  const live = new LivePage(open, { onEvent: (event) => events.push(event), onRefused: () => {}, onBack: () => {} });
  onTestFinished(() => live.stop());
  const points = () => Math.max(0, ...events.flatMap(({ series }) => series.map(({ total }) => total)));
  return { inputs, server, live, events, points };
}

describe('a page', () => {
  it('has one stream for all of its parts, and goes on from where it was when it follows more', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2]);
    const { inputs, live, events, points } = serving(store);
    const since = run.createdAt.getTime();
    const [header, curves] = [{}, {}];
    live.follow(header, { since, experiments: [run.experimentId] });
    live.follow(curves, { since, target: { experimentId: run.experimentId }, keys: ['loss'] });
    await expect.poll(points).toBe(2);
    expect(inputs).toHaveLength(1);
    expect(live.connection()).toBe('live');
    expect(events[0]?.experiments).toMatchObject([{ experiment: { id: run.experimentId } }]);
    live.follow(header, { since, experiments: [run.experimentId] }); // nothing else
    live.unfollow(curves);
    live.follow(curves, { since, target: { experimentId: run.experimentId }, keys: ['loss', 'accuracy'] });
    await expect.poll(() => inputs.length).toBe(2);
    expect(inputs[1]?.since).toBeGreaterThan(since);
    log(store, run.id, 'loss', 2, [1]);
    await expect.poll(points).toBe(3);
  });

  it('that nobody sees has no stream, and goes on from its last event when somebody does', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { inputs, live, events, points } = serving(store);
    live.follow({}, { since: 0, target: { runIds: [run.id] }, keys: ['loss'] });
    log(store, run.id, 'loss', 0, [3, 2]);
    await expect.poll(points).toBe(2);
    live.rest();
    log(store, run.id, 'loss', 2, [1]);
    const before = events.length;
    live.seen(true);
    await expect.poll(points).toBe(3);
    expect(inputs[1]?.lastEventId).toEqual(expect.any(String));
    expect(events.slice(before).flatMap(({ series }) => series)).toMatchObject([{ offset: 2, total: 3 }]);
  });

  it('is told to start over by a server that was started again', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { server, live, events, points } = serving(store);
    live.follow({}, { since: 0, target: { runIds: [run.id] }, keys: ['loss'] });
    log(store, run.id, 'loss', 0, [3, 2]);
    await expect.poll(points).toBe(2);
    const again = await openStore({ home: store.home });
    onTestFinished(() => again.close());
    server.store = null;
    log(store, run.id, 'loss', 2, [1]); // the old stream breaks off
    await expect.poll(() => live.connection()).toBe('broken');
    server.store = again;
    await expect.poll(() => events.some(({ startOver }) => startOver), { timeout: 10_000 }).toBe(true);
    log(again, run.id, 'loss', 3, [0]);
    await expect.poll(points).toBe(4);
    expect(live.connection()).toBe('live');
  });
});
