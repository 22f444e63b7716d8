import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decideShare } from '../process/access.ts';
import { guardedServer, type Handler } from '../process/answer.ts';
import { limitGuests } from '../process/guest-limits.ts';
import { listen } from '../process/listen.ts';
import { keepRoom } from '../process/room.ts';

const SHARE = `/s/${'a'.repeat(32)}`;
const LINES = '\r\n';

/** The share port's server, with something else than pages behind it, on a free port. */
async function start(handle: Handler, mostWaiting?: number) {
  const server = guardedServer(handle, decideShare);
  keepRoom(server, mostWaiting);
  const port = await listen(server, '127.0.0.1', 0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port };
}

/** A connection that says this and waits. */
async function say(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** All that a connection is told until it is closed. */
async function answer(port: number, text: string): Promise<string> {
  const socket = await say(port, text);
  let told = '';
  socket.on('data', (part) => {
    told += part;
  });
  await once(socket, 'close');
  return told;
}

const get = (path: string, more = '') =>
  `GET ${path} HTTP/1.1${LINES}Host: x${LINES}${more}Connection: close${LINES}${LINES}`;
const statusOf = (told: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(told)?.[1]);
const connectionsOf = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

describe('the port of shares', () => {
  it.each([
    ['that never say what they want', 'GET /s/'],
    [
      'whose question never ends',
      `POST ${SHARE}/trpc/runs.table HTTP/1.1${LINES}Host: x${LINES}Content-Length: 9${LINES}${LINES}{`,
    ],
  ])('bug: 200 slow connections %s kept others out', async (_, beginning) => {
    const { server, port } = await start(async (request, response) => {
      for await (const part of request) void part;
      response.end('here');
    }, 50);
    const slow = await Promise.all(Array.from({ length: 200 }, () => say(port, beginning)));
    expect(statusOf(await answer(port, get(SHARE)))).toBe(200);
    expect(await connectionsOf(server)).toBeLessThanOrEqual(50);
    const closed = slow.filter(({ destroyed, readyState }) => destroyed || readyState === 'closed');
    expect(closed.length).toBeGreaterThanOrEqual(149);
    for (const socket of slow.slice(-10)) socket.write(' ');
    expect(statusOf(await answer(port, get(`${SHARE}/runs/abc`)))).toBe(200);
  });

  it('bug: what asks to be upgraded or connected went past the check of addresses', async () => {
    const asked: (string | undefined)[] = [];
    const { server, port } = await start(async (request, response) => {
      asked.push(request.url);
      response.end('here');
    });
    expect(server.listenerCount('upgrade') + server.listenerCount('connect')).toBe(0);
    const upgrade = `Upgrade: websocket${LINES}Sec-WebSocket-Key: eA==${LINES}`;
    for (const path of ['/api/trpc/runs.get', '/', '/_next/webpack-hmr', `http://x${SHARE}`]) {
      expect(statusOf(await answer(port, get(path, upgrade))), path).toBe(404);
    }
    for (const method of ['CONNECT', 'TRACE', 'OPTIONS']) {
      const told = await answer(port, get('x:80').replace('GET', method));
      expect([method, [400, 404, Number.NaN]]).toEqual([method, expect.arrayContaining([statusOf(told)])]);
    }
    expect(asked).toEqual([]);
    expect(statusOf(await answer(port, get(SHARE, upgrade)))).toBe(200);
    expect(asked).toEqual([SHARE]);
  });

  it('bug: a page that is refused for too many said so in no language of the reader, a procedure in no words of tRPC', async () => {
    const held: (() => void)[] = [];
    const { port } = await start(
      limitGuests(async (_, response) => {
        await new Promise<void>((resolve) => held.push(resolve));
        response.end('here');
      }),
    );
    const first = Array.from({ length: 400 }, () => answer(port, get(SHARE)));
    while (held.length < 400) await new Promise((resolve) => setTimeout(resolve, 5));
    const page = await answer(port, get(SHARE));
    expect(page).toMatch(/^HTTP\/1\.1 503 .*\r\n/);
    expect(page).toContain('Retry-After: 2');
    expect(page).toContain('load it again in 2 seconds\n目前查看的人太多；请在 2 秒后重新加载');
    const question = await answer(port, get(`${SHARE}/trpc/runs.get`));
    expect(JSON.parse(/\{.*\}/.exec(question)?.[0] ?? '').error.json).toMatchObject({
      message: expect.stringContaining('too many are looking'),
      data: { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, said: { zh: expect.stringContaining('重新加载') } },
    });
    const other = answer(port, get(`/s/${'b'.repeat(32)}`));
    while (held.length < 401) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const go of held) go();
    expect(statusOf(await other)).toBe(200);
    expect((await Promise.all(first)).map(statusOf)).toEqual(first.map(() => 200));
  });

  it('bug: a process that was started again on a port that another program had taken went to the next one', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const server = guardedServer(async () => {}, decideShare);
    await expect(listen(server, '127.0.0.1', port, 1)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(server.listening).toBe(false);
    expect(await listen(server, '127.0.0.1', port)).toBeGreaterThan(port);
    server.close();
  });

  it('bug: a connection was closed 5 s after its answer, on the next question of a busy client', async () => {
    const { port } = await start(async (_, response) => void response.end('ok'));
    const response = await fetch(`http://127.0.0.1:${port}${SHARE}`);
    await response.text();
    expect(response.headers.get('keep-alive')).toBe('timeout=25');
  });
});
