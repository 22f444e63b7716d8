import { execFileSync } from 'node:child_process';
import type { Store } from '@whorl/store';
import { describe, expect, it, vi } from 'vitest';
import { unpackColumn } from '../src/contract/columns.ts';
import { readCursor, startAt } from '../src/contract/cursor.ts';
import type { LiveEvent } from '../src/contract/live.ts';
import { liveEvents } from '../src/server/live/live-events.ts';
import { LiveFeeds } from '../src/server/live/live-feeds.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, guestOf, log, lookOnce, ownerOf, startRun, temporaryStore } from './record.ts';

/** Feeds of a record that look every few milliseconds. */
const quick = (store: Store) => new LiveFeeds(store, { pollMs: 5, checkMs: 5 });

/** A run that another process started, which is gone without a word. */
async function runOfDeadProcess(store: Store) {
  const script = `
    import { trainingStudy } from '@whorl/core';
    import { openStore } from '@whorl/store';
    const store = await openStore({ home: ${JSON.stringify(store.home)} });
    const { id: experimentId } = await store.experiments.ensure('mine', 'spiral');
    const config = trainingStudy('spiral').defaults;
    await store.runs.start({ experimentId, name: 'dead', config, engine: 'cpu', mode: 'eager', environment: {}, command: '' });
    process.kill(process.pid, 'SIGKILL');`;
  const cwd = new URL('..', import.meta.url);
  expect(() => execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd })).toThrow(
    /SIGKILL|failed/,
  );
  const { id } = await store.experiments.get('mine');
  const [run] = await store.runs.all(id);
  if (!run) throw new Error('the process started no run');
  return run;
}

describe('live pages', () => {
  it("are sent only what is new, and go on from any event's id", async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [3, 2]);
    const watch = { selection: { scope: { runIds: [run.id] } }, keys: ['loss'], frames: true, times: false, ...ALONE };
    const stop = new AbortController();
    const events = liveEvents(ownerOf(store), watch, startAt(0), stop.signal, quick(store));
    const next = async () =>
      (await events.next()).value as { id: string; event: Awaited<ReturnType<typeof lookOnce>>['event'] };

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
    const { event } = await lookOnce(store, watch, cursor);
    expect(event.series).toMatchObject([{ offset: 2, total: 3 }]);
    stop.abort();
    expect((await events.next()).done).toBe(true);
  });

  it('of an experiment hear of runs that another process starts', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine', 1);
    const watch = { selection: { scope: { experimentId } }, keys: ['loss'], frames: false, times: false, ...ALONE };
    const { cursor } = await lookOnce(store, watch, startAt(Date.now()));
    const other = await startRun(store, 'mine', 2);
    const { event } = await lookOnce(store, watch, cursor);
    expect(event.runs.map(({ id }) => id)).toEqual([other.id]);
  });

  it('of someone with a link end when the link is closed', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { context, shareId } = await guestOf(store, run.experimentId);
    const events = liveEvents(
      context,
      { selection: { scope: { runIds: [run.id] } }, keys: [], frames: false, times: false, ...ALONE },
      startAt(0),
      undefined,
      quick(store),
    );
    expect((await events.next()).done).toBe(false);
    await store.shares.revoke(shareId);
    expect((await events.next()).done).toBe(true);
  });

  it('bug: hear of a crash that is found late, those that watch and those that come just after', async () => {
    for (const whole of [false, true]) {
      const store = await temporaryStore();
      const { id, experimentId } = await runOfDeadProcess(store);
      expect((await store.runs.get(id)).status, 'what the pages were given').toBe('running');
      const scope = whole ? { experimentId } : { runIds: [id] };
      const watch = {
        selection: { scope },
        keys: [],
        frames: false,
        times: false,
        ...ALONE,
        experiments: [experimentId],
      };
      // The pages were read long after the run gave its last sign of life.
      const later = startAt(Date.now() + 60_000);
      const early = liveEvents(ownerOf(store), watch, later, undefined, quick(store));
      expect((await early.next()).value).toMatchObject({ event: { runs: [{ id, status: 'running' }] } });
      // Reading finds no crash: that is for the process to do, now and then.
      expect((await store.runs.get(id)).status).toBe('running');
      expect(await store.runs.markCrashed()).toEqual([id]);
      const crashed = [{ experiment: { byStatus: { crashed: 1, running: 0 } }, isNews: true }];
      expect((await early.next()).value).toMatchObject({
        event: { runs: [{ id, status: 'crashed' }], experiments: crashed },
      });
      const late = liveEvents(ownerOf(store), watch, later, undefined, quick(store));
      const { event } = (await late.next()).value as { event: LiveEvent };
      expect(event.experiments).toMatchObject([{ experiment: { byStatus: { crashed: 1, running: 0 } } }]);
      if (!whole) expect(event.runs).toMatchObject([{ id, status: 'crashed' }]);
      await Promise.all([early.return(undefined), late.return(undefined)]);
    }
  });

  it('bug: of someone with a link tell nothing of runs that an id names and the link does not show', async () => {
    const store = await temporaryStore();
    const [archived, shown, other] = [
      await startRun(store, 'mine', 1),
      await startRun(store, 'mine', 2),
      await startRun(store, 'secret', 3),
    ];
    for (const { id } of [archived, shown, other]) log(store, id, 'loss', 0, [3, 2, 1]);
    await store.runs.archive([archived.id]);
    const { context } = await guestOf(store, shown.experimentId);
    const position = { status: 'running', stopping: false, frame: 0, metrics: 0, logged: 0, points: [0] } as const;
    const forged = {
      ...startAt(Date.now()),
      runs: new Map([archived, shown, other].map(({ id }) => [id, position] as const)),
    };
    for (const scope of [{ experimentId: shown.experimentId }, { runIds: [shown.id] }]) {
      const watch = { selection: { scope }, keys: ['loss'], frames: true, times: true, ...ALONE };
      for (const all of [true, false]) {
        const { event } = await lookOnce(store, watch, forged, all);
        expect(event.runs.map(({ id }) => id)).toEqual([shown.id]);
        expect(event.series.map(({ runId }) => runId)).toEqual([shown.id]);
      }
    }
    // A run that is put away while a guest looks at it.
    const watch = { selection: { scope: { runIds: [shown.id] } }, keys: [], frames: false, times: false, ...ALONE };
    const events = liveEvents(context, watch, startAt(0), undefined, quick(store));
    expect((await events.next()).done).toBe(false);
    await store.runs.archive([shown.id]);
    expect((await events.next()).done).toBe(true);
  });

  it('bug: that break off do not send what the database said', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine');
    const ask = { target: { experimentId }, keys: [] };
    const caller = createCaller(ownerOf(store));
    await expect(caller.live.watch({ ...ask, since: 1e300 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const events = await caller.live.watch({ ...ask, since: 0 });
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
    const readAll = async () => {
      for await (const _ of events as AsyncIterable<unknown>) await store.close();
    };
    await expect(readAll()).rejects.toMatchObject({
      code: 'INTERNAL_SERVER_ERROR',
      message: 'something went wrong; the server log says what',
    });
    expect(silent, 'the log says what').toHaveBeenCalled();
    silent.mockRestore();
  });

  it('take an id that is none for no id', () => {
    const parts = ['~', '~../x.1.0.0.0', '~a.9.0.0.0', '~a.1', '~E../x.1', '~Ea.'];
    const none = [null, undefined, '', '{}', '1', 'a.b.c', ...parts.map((part) => `e.1${part}`), '1'.repeat(20_000)];
    expect(readCursor('e.1~a.1.0.0.0~Ea.1')).toMatchObject({ epoch: 'e', since: 1 });
    expect(none.map(readCursor)).toEqual(none.map(() => null));
  });
});
