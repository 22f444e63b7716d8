import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Handler } from '../server/answer.ts';
import { sameAnswers } from '../server/same-answers.ts';
import { openLinks } from '../src/server/open-links.ts';
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
    for (const path of ['/s/x', '/s/x/trpc/live.watch', '/s/x/trpc/runs.get,live.watch', '/s/x/artifacts/a/1'])
      for (let times = 0; times < 2; times++) await ask(path);
    expect(asked).toHaveLength(5 + 8);
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
