import { trainingStudy } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { decideShare } from '../process/access.ts';
import type { Context } from '../src/server/access/context.ts';
import { answerTrpc } from '../src/server/http.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const NOT_FOUND = { code: 'NOT_FOUND' };

/** Someone with a link to these runs. */
async function guestOfRuns(store: Context['store'], runIds: string[]): Promise<Context> {
  const { share } = await store.shares.create({ kind: 'comparison', runIds });
  return { store, viewer: { kind: 'share', share, isOpen: async () => true }, timeZone: 'UTC' };
}

describe('a table over a target', () => {
  it('sends the beginning of a text of a megabyte, in cells and in what is completed', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'old', 1, 'x'.repeat(1_000_000));
    const caller = createCaller(ownerOf(store));
    const target = { experimentId };
    const { columns } = await caller.runs.table({ target, fields: ['name', 'seed'] });
    expect(columns).toEqual([[`${'x'.repeat(999)}…`], [1]]);
    const infos = await caller.runs.fields({ target });
    expect(infos.find(({ field }) => field === 'name')?.values).toEqual([]);
  });

  it('has what was asked for of what a query finds, some runs, or a set of runs', async () => {
    const store = await temporaryStore();
    const runs = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2), await startRun(store, 'mine', 3)];
    runs.forEach(({ id }, i) => {
      log(store, id, 'accuracy', 0, [[0.5, Number.NaN, Infinity][i] as number]);
    });
    const caller = createCaller(ownerOf(store));
    const ids = runs.map(({ id }) => id);
    const { experimentId } = runs[0] as { experimentId: string };
    const fields = ['seed', 'metrics.accuracy', 'tags.broken'];
    const sort = [{ field: 'metrics.accuracy', descending: true }];
    const whole = await caller.runs.table({ target: { experimentId }, fields, sort });
    expect(whole).toEqual({
      total: 3,
      ids: [ids[2], ids[0], ids[1]],
      columns: [
        [3, 1, 2],
        [Infinity, 0.5, Number.NaN],
        [null, null, null],
      ],
    });
    const part = await caller.runs.table({
      target: { experimentId, query: 'metrics.accuracy > 0.1 and seed != 3' },
      fields: [],
    });
    expect(part).toEqual({ total: 1, ids: [ids[0]], columns: [] });
    const { id: runSet } = await caller.runSets.put({ target: { runIds: ids.slice(1) } });
    for (const target of [{ runIds: ids.slice(1) }, { runSet }]) {
      expect((await caller.runs.table({ target, fields: [] })).ids.sort()).toEqual(ids.slice(1).sort());
    }
    expect((await caller.runs.fields({ target: { experimentId } })).map(({ field }) => field)).toEqual(
      expect.arrayContaining(['status', 'model.activation', 'metrics.accuracy', 'environment.host']),
    );
  });

  it('reads the dates of a query in the zone of who asks, and nobody is given the answer of another zone', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.create('mine', 'spiral');
    const config = trainingStudy('spiral').defaults;
    const at = new Date('2026-11-28T18:27:09Z'); // the 29th in Shanghai
    const run = { experimentId, name: 'run', config, status: 'finished' as const, engine: 'cpu', mode: 'eager' };
    const rest = {
      environment: {},
      command: '',
      createdAt: at,
      startedAt: at,
      endedAt: at,
      durationMs: 0,
      metrics: {},
    };
    const [id] = await store.runs.insertMany([{ ...run, ...rest }]);
    const target = { experimentId, query: 'created >= "2026-11-29"' };
    for (const [timeZone, ids] of [
      ['UTC', []],
      ['Asia/Shanghai', [id]],
      ['America/New_York', []],
    ] as const) {
      const caller = createCaller({ ...ownerOf(store), timeZone });
      expect((await caller.runs.table({ target, fields: [] })).ids, timeZone).toEqual(ids);
      const { groups } = await caller.grouping.groups({ target, by: ['status'], metrics: [] });
      expect(groups.length, timeZone).toBe(ids.length);
    }
  });

  it('says what is wrong with bad input, and where in the query', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine');
    const caller = createCaller(ownerOf(store));
    const table = (target: Parameters<typeof caller.runs.table>[0]['target'], fields: string[] = []) =>
      caller.runs.table({ target, fields });
    await expect(table({ experimentId, query: 'seed = 1 and and' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('expected'),
      cause: { start: 13, end: 16 },
    });
    await expect(table({ experimentId, query: 'x'.repeat(20_000) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('10000'),
    });
    await expect(table({ experimentId }, ['metric.accuracy'])).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('metrics.accuracy'),
    });
    await expect(table({ experimentId: 'nope' })).rejects.toMatchObject(NOT_FOUND);
    await expect(table({ runSet: 'nope' })).rejects.toMatchObject(NOT_FOUND);
    for (const id of ['../x', '<img onerror=alert(1)>', '', 'x'.repeat(1_000_000)])
      await expect(table({ runIds: [id] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await table({ runIds: ['0000'] })).toEqual({ total: 0, ids: [], columns: [] });
  });

  it('is not cut where it is over thousands of runs', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    const many = Array.from({ length: 9_999 }, (_, i) => `unknown${i}`);
    const caller = createCaller(ownerOf(store));
    expect((await caller.runs.table({ target: { runIds: [...many, run.id] }, fields: ['name'] })).ids).toEqual([
      run.id,
    ]);
  });
});

describe('changes', () => {
  it('rename, note, tag, archive and restore; what was changed is told', async () => {
    const store = await temporaryStore();
    const [first, second] = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2)];
    const caller = createCaller(ownerOf(store));
    const { experimentId } = first;
    await caller.runs.rename({ runId: first.id, name: 'the best' });
    await caller.runs.setNotes({ runId: first.id, notes: '# why' });
    expect(await caller.runs.setTags({ target: { experimentId, query: 'seed = 1' }, tags: { broken: 'yes' } })).toEqual(
      { runIds: [first.id] },
    );
    expect(await caller.runs.get({ runIds: [first.id] })).toMatchObject({
      name: 'the best',
      notes: '# why',
      tags: { broken: 'yes' },
      archivedAt: null,
    });
    const changed = await caller.runs.archive({ target: { experimentId, query: 'not tags.broken' } });
    expect(changed).toEqual({ runIds: [second.id] });
    expect((await caller.runs.list({ experimentId })).items.map(({ id }) => id)).toEqual([first.id]);
    expect((await caller.runs.table({ target: { experimentId, archived: true }, fields: [] })).ids).toEqual([
      second.id,
    ]);
    expect(await caller.runs.get({ runIds: [second.id] })).toMatchObject({ archivedAt: expect.any(Date) });
    await caller.runs.restore({ target: changed });
    expect((await caller.runs.list({ experimentId })).items).toHaveLength(2);
    await expect(caller.runs.rename({ runId: 'nope', name: 'x' })).rejects.toMatchObject(NOT_FOUND);
    await expect(caller.runs.rename({ runId: first.id, name: '' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(caller.runs.setTags({ target: { runIds: [first.id, 'nope'] }, tags: { a: 'b' } })).resolves.toEqual({
      runIds: [first.id],
    });
  });

  it('bug: an archive tells what it archived, so that undo brings back no run that was archived before', async () => {
    const store = await temporaryStore();
    const [first, second] = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2)];
    const caller = createCaller(ownerOf(store));
    expect(await caller.runs.archive({ target: { runIds: [first.id] } })).toEqual({ runIds: [first.id] });
    const { archivedAt } = await store.runs.get(first.id);
    const both = { runIds: [first.id, second.id] };
    expect(await caller.runs.archive({ target: both })).toEqual({ runIds: [second.id] });
    expect((await store.runs.get(first.id)).archivedAt).toEqual(archivedAt);
    expect(await caller.experiments.get({ experimentId: first.experimentId })).toMatchObject({
      runs: 0,
      archivedRuns: 2,
    });
    await caller.runs.restore({ target: { runIds: [second.id] } });
    expect(await caller.runs.restore({ target: both })).toEqual({ runIds: [first.id] });
  });

  it('bug: are of all but a thousand runs, whose ids are more than a query can say', async () => {
    const store = await temporaryStore();
    const runs = [];
    for (const seed of [1, 2, 3]) runs.push(await startRun(store, 'mine', seed));
    const [one = '', two = '', three = ''] = runs.map(({ id }) => id);
    const { experimentId = '' } = runs[0] ?? {};
    const others = Array.from({ length: 1_000 }, (_, i) => `unknown${i}`);
    const caller = createCaller(ownerOf(store));
    const target = { experimentId, query: 'seed < 3', except: [...others, one] };
    expect(await caller.runs.setTags({ target, tags: { kept: 'yes' } })).toEqual({ runIds: [two] });
    const { id } = await caller.runSets.put({ target: { experimentId, except: [...others, two] } });
    expect(await store.runSets.find(id)).toEqual(expect.arrayContaining([one, three]));
    expect((await caller.runs.table({ target: { runSet: id }, fields: [] })).total).toBe(2);
  });

  it('bug: a tag called __proto__ is refused, and not dropped without a word', async () => {
    const store = await temporaryStore();
    const { id } = await startRun(store, 'mine');
    const tags = JSON.parse('{"__proto__": "x", "fine": "y"}') as Record<string, string>;
    const set = createCaller(ownerOf(store)).runs.setTags({ target: { runIds: [id] }, tags });
    await expect(set).rejects.toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('__proto__') });
    expect((await store.runs.get(id)).tags).toEqual({});
  });

  it('of experiments and saved views', async () => {
    const caller = createCaller(ownerOf(await temporaryStore()));
    const { id: experimentId } = await caller.experiments.create({ name: 'mine', study: 'spiral' });
    await caller.experiments.rename({ experimentId, name: 'ours' });
    await caller.experiments.setNotes({ experimentId, notes: 'why' });
    expect(await caller.experiments.get({ experimentId })).toMatchObject({ name: 'ours', notes: 'why' });
    await expect(caller.experiments.create({ name: 'ours', study: 'spiral' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await caller.experiments.archive({ experimentId });
    expect((await caller.experiments.list({})).items).toEqual([]);
    expect((await caller.experiments.list({ archived: true, text: 'OUR' })).items).toMatchObject([{ name: 'ours' }]);
    await caller.experiments.restore({ experimentId });
    const view = await caller.views.save({ experimentId, name: 'best', state: 'query=a' });
    expect(await caller.views.list({ experimentId })).toMatchObject([{ id: view.id, state: 'query=a' }]);
    await caller.views.remove({ id: view.id });
    await expect(caller.views.remove({ id: view.id })).rejects.toMatchObject(NOT_FOUND);
  });
});

describe('for someone with a link', () => {
  it('to an experiment, its runs are there; archived ones and those of others are not', async () => {
    const store = await temporaryStore();
    const [shown, archived, secret] = [
      await startRun(store, 'shared', 1),
      await startRun(store, 'shared', 2),
      await startRun(store, 'secret', 3),
    ];
    await store.runs.archive([archived.id]);
    const { experimentId } = shown;
    const guest = createCaller((await guestOf(store, experimentId)).context);
    const runSet = await store.runSets.put([shown.id, secret.id]);
    const ownSet = await store.runSets.put([shown.id]);
    const ids = async (target: Parameters<typeof guest.runs.table>[0]['target']) =>
      (await guest.runs.table({ target, fields: ['seed'] })).ids;
    for (const target of [
      { experimentId },
      { runIds: [shown.id] },
      { runSet: ownSet },
      { experimentId, query: 'seed < 9' },
    ])
      expect(await ids(target)).toEqual([shown.id]);
    for (const target of [
      { experimentId: secret.experimentId },
      { experimentId, archived: true },
      { runIds: [archived.id] },
      { runIds: [shown.id, secret.id] },
      { runIds: ['unknown'] },
      { runSet },
    ]) {
      await expect(ids(target), JSON.stringify(target)).rejects.toMatchObject(NOT_FOUND);
      await expect(guest.runs.fields({ target }), JSON.stringify(target)).rejects.toMatchObject(NOT_FOUND);
    }
    await expect(guest.runs.get({ runIds: [archived.id] })).rejects.toMatchObject(NOT_FOUND);
  });

  it('what was found for the owner and is kept is not for them', async () => {
    const store = await temporaryStore();
    const [shown, secret] = [await startRun(store, 'shared', 1), await startRun(store, 'secret', 2)];
    const owner = createCaller(ownerOf(store));
    const guest = createCaller((await guestOf(store, shown.experimentId)).context);
    const groups = (caller: typeof owner, experimentId: string, by: string, archived = false) =>
      caller.grouping.groups({ target: { experimentId, archived }, by: [by], metrics: [] });
    const allowed = [shown.experimentId, 'seed', false] as const;
    for (const ask of [
      [secret.experimentId, 'seed', false],
      [shown.experimentId, 'environment.host', false],
      [shown.experimentId, 'seed', true],
    ] as [string, string, boolean][]) {
      await groups(owner, ...ask);
      await expect(groups(guest, ...ask), JSON.stringify(ask)).rejects.toMatchObject(NOT_FOUND);
    }
    expect(await groups(guest, ...allowed)).toEqual(await groups(owner, ...allowed));
    await store.runs.archive([shown.id]);
    expect((await groups(guest, ...allowed)).runs).toBe(0); // kept no longer than it is true
  });

  it('to some runs, these are there and their experiment is not', async () => {
    const store = await temporaryStore();
    const [shown, other] = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2)];
    const guest = createCaller(await guestOfRuns(store, [shown.id]));
    expect((await guest.runs.table({ target: { runIds: [shown.id] }, fields: [] })).ids).toEqual([shown.id]);
    for (const target of [{ runIds: [shown.id, other.id] }, { experimentId: shown.experimentId }])
      await expect(guest.runs.table({ target, fields: [] })).rejects.toMatchObject(NOT_FOUND);
  });

  it('the name of the machine is no cell, filter, order or field', async () => {
    const store = await temporaryStore();
    const { id, experimentId } = await startRun(store, 'shared');
    for (const context of [(await guestOf(store, experimentId)).context, await guestOfRuns(store, [id])]) {
      const guest = createCaller(context);
      const target = { runIds: [id] };
      for (const field of [
        'environment.host',
        'environment."host"',
        "environment.'host'",
        'environment.host.x',
        String.raw`environment."\u0068ost"`,
      ]) {
        await expect(guest.runs.table({ target, fields: [field] }), field).rejects.toMatchObject(NOT_FOUND);
        await expect(
          guest.runs.table({ target, fields: [], sort: [{ field, descending: false }] }),
          field,
        ).rejects.toMatchObject(NOT_FOUND);
      }
      expect(JSON.stringify(await guest.runs.fields({ target }))).not.toMatch(/my-machine|environment\.host/);
      expect((await guest.runs.table({ target, fields: ['environment.threads'] })).columns).toEqual([[1]]);
    }
    const guest = createCaller((await guestOf(store, experimentId)).context);
    for (const query of [
      'environment.host = "my-machine"',
      'seed = 1 or not environment.host like "m%"',
      'environment.host',
      'environment."host" in ("a")',
    ]) {
      await expect(guest.runs.table({ target: { experimentId, query }, fields: [] }), query).rejects.toMatchObject(
        NOT_FOUND,
      );
    }
  });

  it('nothing can be changed', async () => {
    const store = await temporaryStore();
    const { id, experimentId } = await startRun(store, 'shared');
    const guest = createCaller((await guestOf(store, experimentId)).context);
    const target = { runIds: [id] };
    const changes = [
      guest.runs.rename({ runId: id, name: 'x' }),
      guest.runs.setNotes({ runId: id, notes: 'x' }),
      guest.runs.setTags({ target, tags: { a: 'b' } }),
      guest.runs.archive({ target }),
      guest.runs.restore({ target }),
      guest.runSets.put({ target: { runIds: [id] } }),
      guest.views.list({ experimentId }),
      guest.views.save({ experimentId, name: 'x', state: '' }),
      guest.experiments.rename({ experimentId, name: 'x' }),
      guest.experiments.archive({ experimentId }),
    ];
    for (const change of changes) await expect(change).rejects.toMatchObject(NOT_FOUND);
    expect(await store.runs.get(id)).toMatchObject({ name: 'seed 1', tags: {}, archivedAt: null });
  });
});

describe('over the wire', () => {
  const ask = async (context: Context, procedure: string, input: unknown, method: 'GET' | 'POST') => {
    const json = JSON.stringify({ json: input });
    const url = `http://localhost/api/trpc/${procedure}`;
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(json)) };
    const request =
      method === 'GET'
        ? new Request(`${url}?input=${encodeURIComponent(json)}`)
        : new Request(url, { method, body: json, headers });
    const response = await answerTrpc(request, '/api/trpc', context);
    return {
      status: response.status,
      body: (await response.json().catch(() => null)) as {
        result?: { data: { json: unknown } };
        error?: { json: { message: string; data: { place: unknown } } };
      } | null,
    };
  };

  it('a query may come by POST, and a change never by GET', async () => {
    const store = await temporaryStore();
    const { id, experimentId } = await startRun(store, 'mine');
    const runIds = [...Array.from({ length: 5_000 }, (_, i) => `unknown${i}`), id];
    const { status, body } = await ask(ownerOf(store), 'runs.table', { target: { runIds }, fields: [] }, 'POST');
    expect(status).toBe(200);
    expect(body?.result?.data.json).toMatchObject({ ids: [id] });
    const { context } = await guestOf(store, experimentId);
    expect((await ask(context, 'runs.table', { target: { experimentId }, fields: [] }, 'POST')).status).toBe(200);
    expect((await ask(context, 'runs.rename', { runId: id, name: 'x' }, 'POST')).status).toBe(404);
    expect((await ask(ownerOf(store), 'runs.rename', { runId: id, name: 'x' }, 'GET')).status).toBe(405);
    expect((await store.runs.get(id)).name).toBe('seed 1');
    const huge = new Request('http://localhost/api/trpc/runs.table', {
      method: 'POST',
      body: '{}',
      headers: { 'content-length': '99999999' },
    });
    expect((await answerTrpc(huge, '/api/trpc', ownerOf(store))).status).toBe(413);
  });

  it('a fault of a query says its place', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'mine');
    const { status, body } = await ask(
      ownerOf(store),
      'runs.table',
      { target: { experimentId, query: 'seed = ' }, fields: [] },
      'GET',
    );
    expect(status).toBe(400);
    expect(body?.error?.json.data.place).toEqual({ start: 6, end: 6 });
  });

  it('the share listener takes POST for questions alone', () => {
    const share = `/s/${'a'.repeat(32)}`;
    expect(decideShare({ method: 'POST', url: `${share}/trpc/runs.table` }).kind).toBe('answer');
    for (const url of [
      share,
      `${share}/runs/abc`,
      `${share}/artifacts/abc/1`,
      '/api/trpc/runs.table',
      '/_next/static/x.js',
      `${share}/trpc/../x`,
    ])
      expect(decideShare({ method: 'POST', url }).kind, url).toBe('refuse');
    expect(decideShare({ method: 'PUT', url: `${share}/trpc/runs.table` }).kind).toBe('refuse');
  });
});
