import type { StoreErrorCode } from '@whorl/store';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { TRPC_CODES } from '../src/server/access/trpc.ts';
import { allRuns } from '../src/server/all-runs.ts';
import { answerTrpc } from '../src/server/http.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, runServer, startRun, temporaryStore } from './record.ts';

describe('for the owner', () => {
  it('every failure of the store has a code', () => {
    expectTypeOf<keyof typeof TRPC_CODES>().toEqualTypeOf<StoreErrorCode>();
  });

  it('runs come with their metrics, NaN included', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    log(store, run.id, 'loss', 0, [1, Number.NaN]);
    const caller = createCaller(ownerOf(store));
    const { items } = await caller.runs.list({ experimentId: run.experimentId });
    expect(items).toMatchObject([{ id: run.id, metrics: [{ key: 'loss', last: Number.NaN, min: 1 }] }]);
    expect((await caller.runs.get({ runIds: [run.id] })).environment).toEqual({ host: 'my-machine', threads: 1 });
    expect((await caller.experiments.list({})).items).toMatchObject([{ name: 'mine', runs: 1 }]);
  });

  it('all runs of an experiment are read, however many pages they take', async () => {
    const store = await temporaryStore();
    const seeds = Array.from({ length: 401 }, (_, i) => i + 1);
    for (const seed of seeds) await startRun(store, 'large', seed);
    const { id: experimentId } = await store.experiments.get('large');
    const runs = await allRuns(createCaller(ownerOf(store)), { experimentId });
    expect(runs.map(({ seed }) => seed ?? 0).sort((a, b) => a - b)).toEqual(seeds);
  });

  it('unknown and impossible ids are told apart from failures', async () => {
    const caller = createCaller(ownerOf(await temporaryStore()));
    await expect(caller.runs.get({ runIds: ['0000'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(caller.experiments.get({ experimentId: 'nope' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const id of ['../x', '<img onerror=alert(1)>', '', 'x'.repeat(1_000_000)]) {
      await expect(caller.runs.get({ runIds: [id] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });
});

describe('for someone with a link', () => {
  it('its experiment is there and nothing else is', async () => {
    const store = await temporaryStore();
    const [shared, secret] = [await startRun(store, 'shared'), await startRun(store, 'secret', 2)];
    log(store, secret.id, 'loss', 0, [1]);
    const { context } = await guestOf(store, shared.experimentId);
    const guest = createCaller(context);
    expect(await guest.experiments.get({ experimentId: shared.experimentId })).toMatchObject({ name: 'shared' });
    expect((await guest.runs.list({ experimentId: shared.experimentId })).items).toHaveLength(1);
    const notFound = { code: 'NOT_FOUND' };
    await expect(guest.experiments.list({})).rejects.toMatchObject(notFound);
    await expect(guest.experiments.get({ experimentId: secret.experimentId })).rejects.toMatchObject(notFound);
    await expect(guest.runs.list({ experimentId: secret.experimentId })).rejects.toMatchObject(notFound);
    for (const runIds of [[secret.id], [shared.id, secret.id]]) {
      await expect(guest.runs.table({ target: { runIds }, fields: [] })).rejects.toMatchObject(notFound);
      await expect(guest.curves.chart({ target: { runIds }, key: 'loss', x: 'step' })).rejects.toMatchObject(notFound);
      await expect(guest.runs.boundary({ runIds })).rejects.toMatchObject(notFound);
    }
    await expect(guest.shares.create({ of: { experimentId: shared.experimentId } })).rejects.toMatchObject(notFound);
    await expect(guest.shares.list({ of: { experimentId: shared.experimentId } })).rejects.toMatchObject(notFound);
  });

  it('a run or a comparison is there, made of what the owner had on the page', async () => {
    runServer({ shareUrl: 'http://127.0.0.1:4001' });
    const store = await temporaryStore();
    const runs = [];
    for (const seed of [1, 2, 3]) runs.push(await startRun(store, 'mine', seed));
    const [one = '', two = '', three = ''] = runs.map(({ id }) => id);
    const { experimentId } = runs[0] as { experimentId: string };
    await store.runs.archive([three]);
    const owner = createCaller(ownerOf(store));
    const enter = async (path: string) => {
      const token = path.slice('/s/'.length);
      const share = await store.shares.resolve(token);
      if (!share) throw new Error('the link does not open');
      return {
        share,
        guest: createCaller({ store, viewer: { kind: 'share', share, isOpen: async () => true }, timeZone: 'UTC' }),
      };
    };

    const ofRun = await owner.shares.create({ of: { runId: two }, days: 1 });
    expect(ofRun).toMatchObject({ share: { kind: 'run' }, origin: 'http://127.0.0.1:4001' });
    const run = await enter(ofRun.path);
    expect(await run.guest.runs.get({ runIds: [two] })).toMatchObject({ name: 'seed 2' });
    await expect(run.guest.runs.get({ runIds: [one] })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const whole = { comparison: { experimentId, query: 'seed > 0' } };
    const comparison = await enter((await owner.shares.create({ of: whole })).path);
    expect(comparison.share).toMatchObject({ kind: 'comparison', runIds: [one, two] });
    const target = { runSet: store.runSets.idOf([one, two]) };
    expect(await comparison.guest.comparison.overview({ target })).toMatchObject({
      runs: 2,
      seeds: 2,
      experiments: [],
    });
    await startRun(store, 'mine', 4);
    expect(await comparison.guest.comparison.overview({ target }), 'a run that came later').toMatchObject({ runs: 2 });
    expect(await owner.shares.list({ of: whole }), 'it is of other runs by now').toEqual([]);
    expect(await owner.shares.list({ of: { comparison: target } })).toMatchObject([{ id: comparison.share.id }]);
    expect(await owner.shares.list({ of: { runId: two } })).toMatchObject([{ id: run.share.id }]);
    expect(await owner.shares.list({ of: { experimentId } })).toEqual([]);

    const unknown = { code: 'NOT_FOUND' };
    await expect(owner.shares.create({ of: { runId: 'nope' } })).rejects.toMatchObject(unknown);
    await expect(owner.shares.create({ of: { comparison: { runSet: 'nope' } } })).rejects.toMatchObject(unknown);
    await expect(owner.shares.create({ of: { comparison: { runIds: ['nope'] } } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('bug: a body is refused by its own length, and not by the one it says it has', async () => {
    const store = await temporaryStore();
    const context = ownerOf(store);
    const sized = (bytes: number) => {
      const part = new Uint8Array(1_000_000).fill(32);
      let left = bytes;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (left <= 0) return controller.close();
          controller.enqueue(part.subarray(0, Math.min(left, part.length)));
          left -= part.length;
        },
      });
      const url = 'http://127.0.0.1/api/trpc/runs.table';
      return new Request(url, {
        method: 'POST',
        body,
        duplex: 'half',
        headers: { 'content-type': 'application/json' },
      } as RequestInit);
    };
    expect((await answerTrpc(sized(30_000_000), '/api/trpc', context)).status).toBe(413);
    expect((await answerTrpc(sized(1_000), '/api/trpc', context)).status).toBe(400);
    const { experimentId } = await startRun(store, 'mine');
    const asked = JSON.stringify({ json: { target: { experimentId }, fields: ['seed'] } });
    const post = new Request('http://127.0.0.1/api/trpc/runs.table', {
      method: 'POST',
      body: asked,
      headers: { 'content-type': 'application/json' },
    });
    const answer = await answerTrpc(post, '/api/trpc', context);
    expect([answer.status, await answer.json()]).toMatchObject([200, { result: { data: { json: { total: 1 } } } }]);
  });

  it('the name of the machine is not told', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'shared');
    const { context } = await guestOf(store, run.experimentId);
    expect(JSON.stringify(await createCaller(context).runs.get({ runIds: [run.id] }))).not.toContain('my-machine');
  });
});
