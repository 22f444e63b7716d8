import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Handler } from '../process/answer.ts';
import { sameAnswers } from '../process/same-answers.ts';
import { openLinks } from '../src/server/access/open-links.ts';
import { guestOf, startRun, temporaryStore } from './record.ts';

const QUESTION = '/s/x/trpc/runs.table?input=1';

/** A server whose record has the revision that `record` says, and which counts what it answers by itself. */
async function start(handle: Handler) {
  const record = { revision: 'one' };
  const asked: string[] = [];
  const answer = sameAnswers(
    () => record.revision,
    async (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      await handle(request, response);
    },
  );
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path = QUESTION, init: RequestInit = {}) => {
    const response = await fetch(url + path, init);
    return [response.status, response.headers.get('x-word'), await response.text()];
  };
  return { record, asked, ask };
}

describe('pages that ask the same', () => {
  const numbered = (): Handler => {
    let answers = 0;
    return async (_, response) => {
      answers += 1;
      response.setHeader('x-word', 'a');
      response.statusCode = 207;
      response.write('answer ');
      response.end(String(answers));
    };
  };

  it('are answered once until the record changes, with the same status, headers and bytes', async () => {
    const { record, asked, ask } = await start(numbered());
    const first = await Promise.all(Array.from({ length: 20 }, () => ask()));
    expect(first).toEqual(first.map(() => [207, 'a', 'answer 1']));
    record.revision = 'two';
    expect(await ask()).toEqual([207, 'a', 'answer 2']);
    expect(asked).toHaveLength(2);
  });

  it('are answered each for itself where the language, the zone or the question is another, or it is no question', async () => {
    const { asked, ask } = await start(numbered());
    for (const init of [
      {},
      { headers: { cookie: 'zone=a' } },
      { headers: { 'accept-language': 'zh' } },
      { method: 'POST' },
    ])
      await ask(QUESTION, init);
    await ask(`${QUESTION}2`);
    for (const path of ['/s/x/trpc/live.watch', '/s/x/trpc/runs.get,live.watch', '/s/x/artifacts/a/1', '/zh/s', '/'])
      for (let times = 0; times < 2; times++) await ask(path);
    for (let times = 0; times < 2; times++) await ask('/s/x?_rsc=1', { headers: { rsc: '1' } });
    expect(asked).toHaveLength(5 + 12);
  });

  it('are given a page, too', async () => {
    const { asked, ask } = await start(numbered());
    for (const path of ['/s/x', '/zh/s/x', '/s/x/', '/s/x?q=1', '/s/x/runs/a'])
      for (let times = 0; times < 2; times++) await ask(path);
    expect(asked).toHaveLength(5);
  });

  it('bug: a class that opens a page while the record changes is shown it by few answers, none of them older than who asked', async () => {
    let begun = 0;
    const ends: (() => void)[] = [];
    const { record, asked, ask } = await start(async (_, response) => {
      const seen = record.revision;
      begun += 1;
      await new Promise<void>((resolve) => ends.push(resolve));
      response.end(seen);
    });
    const text = async () => (await ask('/s/x'))[2];
    const first = [text(), text()];
    await expect.poll(() => begun).toBe(1);
    record.revision = 'two';
    const later = Array.from({ length: 20 }, text);
    await new Promise((resolve) => setTimeout(resolve, 100));
    record.revision = 'three';
    expect(begun, 'the others wait for their turn').toBe(1);
    ends[0]?.();
    expect(await Promise.all(first)).toEqual(['one', 'one']);
    await expect.poll(() => begun).toBe(2);
    ends[1]?.();
    expect(new Set(await Promise.all(later))).toEqual(new Set(['three']));
    expect(asked).toHaveLength(2);
  });

  it('are answered all the same where the one who asked first goes away, or does not read', async () => {
    let begun = 0;
    const body = 'x'.repeat(400_000);
    const ends: (() => void)[] = [];
    const { ask } = await start(async (request, response) => {
      begun += 1;
      if (begun === 1) await new Promise<void>((resolve) => request.socket.once('close', () => resolve()));
      else await new Promise<void>((resolve) => ends.push(resolve));
      response.end(body);
    });
    const gone = new AbortController();
    const first = ask('/s/x', { signal: gone.signal }).catch(() => 'gone');
    await expect.poll(() => begun).toBe(1);
    const others = Array.from({ length: 5 }, () => ask('/s/x'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    gone.abort();
    expect(await first).toBe('gone');
    await expect.poll(() => begun).toBe(2);
    ends[0]?.();
    for (const [, , text] of await Promise.all(others)) expect(text === body).toBe(true);
    expect(begun).toBe(2);
  });

  it('bug: one who does not read holds up all who ask the same', async () => {
    const part = 'x'.repeat(10_000);
    const { asked, ask } = await start(async (request, response) => {
      if (asked.length === 1) request.socket.cork(); // as where nothing is taken at the other end
      for (let i = 0; i < 45; i++)
        if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve));
      response.end();
    });
    const gone = new AbortController();
    const silent = ask('/s/x', { signal: gone.signal }).catch(() => 'gone');
    await expect.poll(() => asked.length).toBe(1);
    expect((await ask('/s/x'))[2]).toHaveLength(450_000);
    gone.abort();
    await silent; // before it was let go, or after
  });

  it('bug: one who asks the same with ever other cookies filled the memory with answers', async () => {
    const { asked, ask } = await start(async (_, response) => void response.end('x'.repeat(400_000)));
    const by = (cookie: number) => ask('/s/x', { headers: { cookie: `a=${cookie}` } });
    for (let cookie = 0; cookie < 60; cookie++) await by(cookie);
    expect(asked).toHaveLength(60);
    await by(59);
    expect(asked, 'the latest are kept').toHaveLength(60);
    await by(5);
    expect(asked, 'of 20 MB in all').toHaveLength(61);
  });

  it('are not given an answer that broke off, or that is too large to be kept', async () => {
    let answers = 0;
    const { ask } = await start(async (_, response) => {
      answers += 1;
      if (answers === 1) response.destroy();
      else response.end('x'.repeat(600_000));
    });
    await expect(ask()).rejects.toThrow();
    for (let times = 0; times < 2; times++) expect((await ask())[2]).toHaveLength(600_000);
    expect(answers).toBe(3);
  });
});

describe('what a link shows', () => {
  it('is looked up once, and anew after a change: a link that was revoked opens nothing', async () => {
    const store = await temporaryStore();
    const { experimentId } = await startRun(store, 'shared');
    const { token, shareId } = await guestOf(store, experimentId);
    const links = openLinks(store);
    expect(await links.resolve(token)).toMatchObject({ id: shareId });
    expect(await links.resolve('x'.repeat(32))).toBeNull();
    await store.shares.revoke(shareId);
    expect(await links.resolve(token)).toBeNull();
    const { token: short } = await store.shares.create({ kind: 'experiment', experimentId }, 1e-6);
    await links.resolve(short);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await links.resolve(short), 'it has expired').toBeNull();
  });
});
