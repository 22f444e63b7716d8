import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withLog } from '../process/log-listener.ts';
import { temporaryStore } from './record.ts';

// What programs tell of their runs at /api/log, over HTTP and into a real record; what packages/client sends is tried from
// apps/runner/test/client.test.ts.

const ID = 'run00000000';
const START = {
  kind: 'start',
  run: { id: ID, experiment: 'mine', name: '', startedAt: 0, params: { lr: '0.1' }, tags: {}, environment: {} },
};
const points = (key: string, offset: number, values: readonly unknown[]) => ({
  key,
  offset,
  steps: values.map((_, i) => offset + i),
  values,
  times: values.map(() => 1),
});
const log = (...series: readonly object[]) => ({ kind: 'log', series });

async function served() {
  const store = await temporaryStore();
  const server = createServer(
    withLog(
      async (_, response) => void response.writeHead(418).end(),
      () => store,
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = async (body: unknown, path = `/api/log/1/runs/${ID}`, method = 'POST') => {
    const response = await fetch(url + path, {
      method,
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    return { status: response.status, message };
  };
  const values = (key: string) => [...store.metrics.read(ID, key).values];
  return { store, post, values };
}

describe('a program tells of its run', () => {
  it('in any order of tries: what is told twice is recorded once', async () => {
    const { store, post, values } = await served();
    for (const message of [
      START,
      START,
      log(points('a', 0, [1, 2])),
      log(points('a', 0, [1, 2])),
      log(points('a', 1, [2, 'NaN', '-Infinity'])),
    ]) {
      expect(await post(message)).toEqual({ status: 200, message: undefined });
    }
    expect(values('a')).toEqual([1, 2, Number.NaN, Number.NEGATIVE_INFINITY]);
    const file = { kind: 'file', file: { name: 'a/b.txt', step: null, mediaType: 'text/plain', data: btoa('x') } };
    for (const message of [file, file, { kind: 'end', status: 'failed', endedAt: 5 }])
      expect((await post(message)).status).toBe(200);
    expect(store.logged.read([ID])).toMatchObject([{ status: 'failed', name: ID, params: [['lr', '0.1']] }]);
    expect(await store.artifacts.list(ID)).toMatchObject([{ name: 'files/a/b.txt' }]);
    expect((await store.experiments.all()).map(({ name }) => name)).toEqual(['mine']);
  });

  it('another address is none of its', async () => {
    const { post } = await served();
    expect((await post(START, '/trpc/a')).status).toBe(418);
  });
});

describe('what is wrong is said, and nothing of the message is recorded', () => {
  const many = (count: number) =>
    points(
      'a',
      0,
      Array.from({ length: count }, () => 1),
    );
  it.each<[name: string, body: unknown, status: number, says: RegExp]>([
    ['no JSON', '{', 400, /expected JSON/],
    ['nothing', '', 400, /expected JSON/],
    ['another kind', { kind: 'delete' }, 400, /kind/],
    ['deep JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, /./],
    [
      'steps without values',
      { kind: 'log', series: [{ ...points('a', 0, [1]), values: [] }] },
      400,
      /as many steps as values/,
    ],
    ['a value that is a text', log(points('a', 0, [1, 'three'])), 400, /a number, NaN, .* got a string at 1\n.*values/],
    [
      'a value that is deep',
      `{"kind":"log","series":[{"key":"a","offset":0,"steps":[1],"times":[1],"values":[${'['.repeat(9999)}${']'.repeat(9999)}]}]}`,
      400,
      /got a object at 0/,
    ],
    [
      'a number that no double holds',
      '{"kind":"log","series":[{"key":"a","offset":0,"steps":[1],"times":[1],"values":[1e999]}]}',
      400,
      /got Infinity at 0/,
    ],
    ['a time before 1970', log({ ...points('a', 0, [1]), times: [-1] }), 400, /0 to 8640000000000000 ms, got -1 at 0/],
    ['values that are no list', log({ ...points('a', 0, [1]), values: { 0: 1, length: 1 } }), 400, /expected a list/],
    ['a key of 501 characters', log(points('k'.repeat(501), 0, [1])), 400, /<=500 characters/],
    ['a step that is none', log({ ...points('a', 0, [1]), steps: ['NaN'] }), 400, /steps/],
    ['a gap', log(points('b', 0, [1]), points('a', 7, [1])), 409, /from position 0 on, got 7/],
    ['a key that objects lose', log(points('b', 0, [1]), points('__proto__', 0, [1])), 400, /__proto__/],
    ['too many points', log(many(100_001)), 400, /series/],
    ['a body that is too large', 'x'.repeat(23 * 2 ** 20 + 1), 413, /at most/],
    [
      'a path out of its folder',
      { kind: 'file', file: { name: '../../etc/passwd', step: null, mediaType: 'text/plain', data: '' } },
      400,
      /file name/,
    ],
    [
      'bytes that are not base64',
      { kind: 'file', file: { name: 'a', step: null, mediaType: 'text/plain', data: '*' } },
      400,
      /data/,
    ],
    [
      'the run of another address',
      { ...START, run: { ...START.run, id: 'run00000001' } },
      400,
      /expected the run run00000000/,
    ],
    ['a status that is none', { kind: 'end', status: 'crashed', endedAt: 1 }, 400, /status/],
  ])('%s', async (_, body, status, says) => {
    const { store, post } = await served();
    await post(START);
    const before = store.logged.read([ID]);
    expect(await post(body)).toEqual({ status, message: expect.stringMatching(says) });
    expect(store.logged.read([ID])).toEqual(before);
    expect(await store.artifacts.list(ID)).toEqual([]);
  });

  it('a run that there is not, one that is archived, a way that is none, an id that is none', async () => {
    const { store, post } = await served();
    expect(await post(log(points('a', 0, [1])))).toMatchObject({ status: 404, message: expect.stringContaining(ID) });
    await post(START);
    await store.runs.archive([ID]);
    expect(await post(log(points('a', 0, [1])))).toMatchObject({
      status: 409,
      message: expect.stringContaining('archived'),
    });
    expect((await post(START, undefined, 'GET')).status).toBe(405);
    expect((await post(START, '/api/log/1/runs/A')).status).toBe(404);
    expect((await post(START, '/api/log/2/runs/run00000000')).status).toBe(404);
  });
});
