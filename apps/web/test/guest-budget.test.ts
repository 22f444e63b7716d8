import { trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import superjson from 'superjson';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../src/contract/live.ts';
import { answerTrpc } from '../src/server/http.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, ownerOf, startRun, temporaryStore } from './record.ts';

const RUNS = 1_500;

/** A record of many runs, as a guest with a link to all of them sees it. */
async function manyRuns(runs = RUNS) {
  const store = await temporaryStore();
  const { id: experimentId } = await store.experiments.ensure('many', 'spiral');
  const { defaults } = trainingStudy('spiral');
  const moment = new Date('2026-11-01T00:00:00Z');
  const ids = await store.runs.insertMany(
    Array.from({ length: runs }, (_, seed) => ({
      experimentId,
      name: `seed ${seed}`,
      config: { ...defaults, seed },
      status: 'finished' as const,
      engine: 'wasm',
      mode: 'eager' as const,
      environment: {},
      command: '',
      createdAt: moment,
      startedAt: moment,
      endedAt: moment,
      durationMs: 1,
      tags: {},
      metrics: {},
    })),
  );
  const guest = await guestOf(store, experimentId);
  return { store, experimentId, ids, guest };
}

async function oneRun() {
  const store = await temporaryStore();
  const { experimentId } = await startRun(store, 'one');
  return { store, experimentId, guest: await guestOf(store, experimentId) };
}

/** What a link's address answers to a question. */
async function ask(store: Store, viewer: 'owner' | Awaited<ReturnType<typeof guestOf>>, path: string, body: unknown) {
  const context = viewer === 'owner' ? ownerOf(store) : viewer.context;
  const request = new Request(`http://host/s/x/trpc/${path}${path.includes(',') ? '?batch=1' : ''}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await answerTrpc(request, '/s/x/trpc', context);
  return {
    status: response.status,
    headers: response.headers,
    text: await response.text(),
  };
}

const wire = (input: unknown) => superjson.serialize(input);

describe('what a guest asks', () => {
  it('bug: is refused before any work where it costs too much, and answered where it does not', async () => {
    const { store, experimentId, ids, guest } = await manyRuns();
    const target = { experimentId };
    const madeUp = Array.from({ length: 100_000 }, (_, i) => i.toString(36).padStart(12, '0'));
    const query = Array.from({ length: 300 }, () => 'seed in (1,2,3,4,5,6)').join(' or ');
    const metrics = Array.from({ length: 200 }, (_, i) => `metrics.m${i}`);
    const fields = ['seed', 'status', 'created', 'name', 'study', 'engine', 'mode', 'id'];
    const costly: [string, unknown, RegExp | null][] = [
      ['runs.table', wire({ target: { runIds: madeUp }, fields: ['seed'] }), null],
      ['runs.table', wire({ target: { experimentId, query }, fields: ['seed'] }), /2700000 conditions x runs/],
      ['grouping.groups', wire({ target, by: fields, metrics }), /312000 columns x runs/],
      ['comparison.columns', wire({ target: { runIds: ids.slice(0, 10) }, fields: metrics }), null],
    ];
    for (const [path, body, message] of costly) {
      const answer = await ask(store, guest, path, body);
      expect([400, 405, 413], `${path}: ${answer.text.slice(0, 200)}`).toContain(answer.status);
      if (message) expect(answer.text).toMatch(message);
      if (/conditions/.test(message?.source ?? ''))
        expect(JSON.parse(answer.text).error.json.data.said.zh).toBe(
          '这次查询的条件数 × 运行数为 2700000，最多 200000；请一次少查一些',
        );
    }
    const keys = Array.from({ length: 700 }, (_, i) => `m${i}`);
    const watched = await ask(store, guest, 'live.watch', wire({ target, keys, since: 0 }));
    expect(watched.text).toContain('1050000 metrics x runs, at most 1000000');
    const some = await ask(store, guest, 'runs.table', wire({ target: { experimentId, query: 'seed < 5' }, fields }));
    expect(some.status).toBe(200);
    expect(some.headers.get('cache-control')).toBe('private, no-store');
    const groups = await ask(
      store,
      guest,
      'grouping.groups',
      wire({ target, by: ['status'], metrics: ['metrics.loss'] }),
    );
    expect(groups.status).toBe(200);
  });

  it('bug: a page that says it was read long ago was told of every run since, one by one', async () => {
    const { store, experimentId, guest } = await manyRuns(2_001);
    const watch = (caller: ReturnType<typeof createCaller>, since: number) =>
      caller.live.watch({ target: { experimentId }, keys: ['loss'], since });
    const { context } = guest;
    const first = async (events: Awaited<ReturnType<typeof watch>>) => {
      for await (const event of events) return (event as unknown as [id: string, LiveEvent])[1];
    };
    await expect(watch(createCaller(context), 0).then(first)).rejects.toThrow(
      '2001 runs since the page was loaded, at most 2000',
    );
    const all = await watch(createCaller(ownerOf(store)), 0).then(first);
    expect(all?.runs.length, 'the owner may ask for more').toBeGreaterThan(100);
    const lately = Date.UTC(2026, 10, 2); // after all of them
    await startRun(store, 'many', RUNS + 1_000);
    const told = await watch(createCaller(context), lately).then(first);
    expect(told?.runs).toHaveLength(1);
  });

  it('bug: a body of more than 200 kB is refused, the owner may ask longer', async () => {
    const { store, experimentId, guest } = await oneRun();
    const except = Array.from({ length: 20_000 }, (_, i) => i.toString(36).padStart(12, '0'));
    const body = wire({ target: { experimentId, except }, fields: [] });
    expect(await ask(store, guest, 'runs.table', body)).toMatchObject({
      status: 413,
      text: expect.stringContaining('expected at most 200000 bytes; ask for fewer runs at a time'),
    });
    expect((await ask(store, 'owner', 'runs.table', body)).status).toBe(200);
  });

  it('bug: lists in lists, numbers of any length and other kinds of values are refused unread', async () => {
    const { store, guest } = await oneRun();
    const deep = `{"json":${'['.repeat(90_000)}${']'.repeat(90_000)}}`;
    const kind = (name: string, json: unknown) => ({ json, meta: { values: [name] } });
    const many = {
      json: { target: { runIds: '9'.repeat(150_000) } },
      meta: { values: { 'target.runIds': ['bigint'] } },
    };
    for (const body of [
      deep,
      many,
      kind('bigint', '1'),
      kind('regexp', '/(a+)+$/'),
      kind('set', []),
      kind('Error', {}),
    ]) {
      const answer = await ask(store, guest, 'runs.table', body);
      expect(answer.status, answer.text.slice(0, 200)).toBe(400);
      expect(answer.text).toMatch(/levels of lists and objects|of the kind/);
    }
  });

  it('bug: two hundred questions do not come in one batch', async () => {
    const { store, guest } = await oneRun();
    const paths = Array.from({ length: 200 }, () => 'runs.fields').join(',');
    expect((await ask(store, guest, paths, {})).status).toBe(400);
  });
});
