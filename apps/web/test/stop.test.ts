import { describe, expect, it } from 'vitest';
import { readCursor, startAt, writeCursor } from '../src/contract/cursor.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, guestOf, lookOnce, ownerOf, runServer, startRun, temporaryStore } from './record.ts';

describe('stopping from a page', () => {
  it('asks the runs that still train, says what had ended, and is the same asked twice', async () => {
    const store = await temporaryStore();
    const [live, done] = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2)];
    await store.runs.end(done.id, 'finished', { durationMs: 1 });
    const owner = createCaller(ownerOf(store));
    const target = { experimentId: live.experimentId };
    expect(await owner.runs.live({ target })).toBe(1);
    for (let times = 0; times < 2; times++) {
      expect(await owner.runs.stop({ target })).toEqual({ stopping: [live.id], gone: [], ended: [done.id] });
    }
    expect(await owner.runs.get({ runIds: [live.id] })).toMatchObject({
      status: 'running',
      stopRequestedBy: 'page',
      stopRequestedAt: expect.any(Date),
    });
    expect(await owner.runs.get({ runIds: [done.id] })).toMatchObject({ status: 'finished', stopRequestedAt: null });
    expect(await owner.experiments.stop(target)).toEqual({ stopping: [live.id], gone: [], ended: [] });
    expect(store.runs.experimentStops([live.experimentId]).get(live.experimentId)?.from).toBe('page');
  });

  it('is for nobody with a link', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const { experimentId } = run;
    const guest = createCaller((await guestOf(store, experimentId)).context);
    const notFound = { code: 'NOT_FOUND' };
    await expect(guest.runs.stop({ target: { runIds: [run.id] } })).rejects.toMatchObject(notFound);
    await expect(guest.runs.live({ target: { runIds: [run.id] } })).rejects.toMatchObject(notFound);
    await expect(guest.experiments.stop({ experimentId })).rejects.toMatchObject(notFound);
    expect(store.runs.stopRequests([run.id]).size).toBe(0);
  });

  it('is told to pages that are open, once', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const watch = { selection: { scope: { runIds: [run.id] } }, keys: [], frames: false, times: false, ...ALONE };
    const first = await lookOnce(store, watch, startAt(0));
    expect((await lookOnce(store, watch, first.cursor)).event.runs).toEqual([]);
    await store.runs.requestStop([run.id], 'page');
    const kept = readCursor(writeCursor(first.cursor, 'here'));
    if (!kept) throw new Error('a cursor is not read back');
    const told = await lookOnce(store, watch, kept);
    expect(told.event.runs).toMatchObject([{ status: 'running', stopRequestedBy: 'page' }]);
    const after = readCursor(writeCursor(told.cursor, 'here'));
    expect(after?.runs.get(run.id)).toMatchObject({ status: 'running', stopping: true });
    expect((await lookOnce(store, watch, told.cursor)).event.runs).toEqual([]);
  });
});

describe('who can open a link', () => {
  const reachOf = async (shareUrl: string | null, ports: Readonly<Record<string, string>> = {}) => {
    runServer({ shareUrl, ports });
    return createCaller(ownerOf(await temporaryStore())).shares.reach();
  };

  it.each(['http://127.0.0.1:4001', 'http://localhost:4001', 'http://[::1]:4001'])(
    'is only this computer where links begin with %s',
    async (url) => {
      expect(await reachOf(url)).toEqual({
        origin: url,
        wide: false,
        command: 'npx whorl serve --share-host 0.0.0.0',
      });
    },
  );

  it('is the network where they begin with an address of it', async () => {
    expect(await reachOf('http://192.168.1.4:4001')).toMatchObject({ wide: true });
    expect(await reachOf('http://teacher.example:4001')).toMatchObject({ wide: true });
  });

  it('stays at the ports that the app was told to take', async () => {
    const { command } = await reachOf('http://127.0.0.1:5001', { WHORL_PORT: '5000', WHORL_SHARE_PORT: '5001' });
    expect(command).toBe('npx whorl serve --share-host 0.0.0.0 --port 5000 --share-port 5001');
  });
});
