import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '@whorl/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

// MLflow's protocol on the wire, of the built app: what no client would send, and a server that is killed.

interface Said {
  readonly status: number;
  readonly body: string;
}

/** What is answered to a request whose path is sent as it is. */
function ask(
  app: BuiltApp,
  method: string,
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string | Buffer } = {},
) {
  const { hostname, port } = new URL(app.url);
  return new Promise<Said>((resolve, reject) => {
    const sent = request(
      { hostname, port, method, path, headers: { 'content-length': Buffer.byteLength(body), ...headers } },
      (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = async (
  app: BuiltApp,
  path: string,
  message: object,
): Promise<{ status: number; body: Record<string, never> }> => {
  const { status, body } = await ask(app, 'POST', `/api/2.0/mlflow${path}`, {
    headers: JSON_TYPE,
    body: JSON.stringify(message),
  });
  return { status, body: JSON.parse(body) };
};
const newRun = async (app: BuiltApp): Promise<string> =>
  ((await post(app, '/runs/create', { experiment_id: '0' })).body as unknown as { run: { info: { run_id: string } } })
    .run.info.run_id;

describe('the server, to who asks what no client would', () => {
  let app: BuiltApp;
  let run: string;
  beforeAll(async () => {
    app = await startBuiltApp();
    run = await newRun(app);
  });
  afterAll(async () => app?.stop());

  const files = () => `/api/2.0/mlflow-artifacts/artifacts/0/${run}/artifacts`;
  const update = '/api/2.0/mlflow/runs/update';

  it.each([
    [
      'another content type',
      'POST',
      update,
      { headers: { 'content-type': 'text/plain' }, body: '{}' },
      400,
      'INVALID_PARAMETER_VALUE',
    ],
    ['no content type', 'POST', update, { body: '{}' }, 400, 'INVALID_PARAMETER_VALUE'],
    ['half of a message', 'POST', update, { headers: JSON_TYPE, body: '{"run_id":' }, 400, 'BAD_REQUEST'],
    [
      'bytes that are no text',
      'POST',
      update,
      { headers: JSON_TYPE, body: Buffer.from([0xff, 0xfe, 0]) },
      400,
      'BAD_REQUEST',
    ],
    [
      'a message of 2 MB',
      'POST',
      update,
      { headers: JSON_TYPE, body: JSON.stringify({ run_id: 'x'.repeat(2_000_000) }) },
      400,
      'INVALID_PARAMETER_VALUE',
    ],
    [
      'another host',
      'GET',
      '/api/2.0/mlflow/runs/get?run_id=x',
      { headers: { host: 'evil.example' } },
      403,
      'PERMISSION_DENIED',
    ],
    [
      'a page of elsewhere',
      'POST',
      update,
      { headers: { ...JSON_TYPE, origin: 'http://evil.example' }, body: '{}' },
      403,
      'PERMISSION_DENIED',
    ],
    ['another method', 'PUT', update, { headers: JSON_TYPE, body: '{}' }, 404, 'ENDPOINT_NOT_FOUND'],
    ['a query that is half an escape', 'GET', '/api/2.0/mlflow/runs/get?run_id=%', {}, 404, 'RESOURCE_DOES_NOT_EXIST'],
  ] as const)('%s', async (_, method, path, sent, status, code) => {
    const said = await ask(app, method, path, sent as never);
    expect([said.status, JSON.parse(said.body).error_code]).toEqual([status, code]);
  });

  it.each([
    '/../../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/x',
    '/a/../../b',
    '//etc/passwd',
    '/a\\..\\b',
    '/a%00b',
    '/a%0ab',
    '/',
    '',
    `/${'a'.repeat(2_000)}`,
  ])('a file at %.40j is neither read nor written', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status, body } = await ask(app, method, files() + path, { body: method === 'PUT' ? 'x' : '' });
      const isRoot = method === 'DELETE' && (path === '' || path === '/'); // takes away all files of the run
      expect([method, status >= 400 && status < 500], body).toEqual([method, !isRoot]);
    }
    const list = await ask(
      app,
      'GET',
      `/api/2.0/mlflow-artifacts/artifacts?path=${encodeURIComponent(`0/${run}/artifacts${path}`)}`,
    );
    expect([200, 400]).toContain(list.status);
    expect(list.body).not.toContain('passwd');
  });

  it('a file is given to be saved, whatever it says it is, and one that is a folder or lies in a file is refused', async () => {
    const html = '<script>alert(1)</script>';
    await ask(app, 'PUT', `${files()}/a/page.html`, { headers: { 'content-type': 'text/html' }, body: html });
    const response = await fetch(`${app.url}${files()}/a/page.html`);
    expect(await response.text()).toBe(html);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': "attachment; filename*=UTF-8''page.html",
      'content-security-policy': "default-src 'none'; sandbox",
    });
    for (const path of ['/a', '/a/page.html/b']) {
      expect((await ask(app, 'PUT', files() + path, { body: 'x' })).status).toBe(400);
    }
    for (const path of [
      `/api/2.0/mlflow-artifacts/artifacts/1/${run}/artifacts/x`,
      '/api/2.0/mlflow-artifacts/artifacts/x',
    ]) {
      expect((await ask(app, 'PUT', path, { body: 'x' })).status).toBe(404);
    }
  });

  it('a file that breaks off leaves nothing, and a body that never ends holds nobody up', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${files()}/half HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 1000000\r\n\r\nabc`);
    const endless = connect(Number(port), hostname);
    endless.write(
      `POST ${update} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const timer = setInterval(() => endless.write('1\r\n \r\n'), 5);
    endless.on('error', () => {});
    await sleep(300);
    socket.destroy();
    expect((await post(app, '/runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp: 1 })).status).toBe(200);
    const { body } = await ask(app, 'GET', `/api/2.0/mlflow-artifacts/artifacts?path=0/${run}/artifacts`);
    expect(body).not.toContain('half');
    clearInterval(timer);
    endless.destroy();
  });

  it('is alive and well after all that', async () => {
    expect(await ask(app, 'GET', '/health')).toEqual({ status: 200, body: 'OK' });
    const { body } = await ask(app, 'GET', '/api/3.0/mlflow/server-info');
    expect(JSON.parse(body)).toMatchObject({ workspaces_enabled: false, multipart_uploads_enabled: true });
    const store = await openStore({ home: app.home, readOnly: true });
    expect((await store.examine()).problems).toEqual([]);
    expect(await store.artifacts.sweep({ dry: true })).toMatchObject({ parts: 0 });
    await store.close();
  });
});

it('bug: what was acknowledged is there after the server is killed at any moment', async () => {
  let app = await startBuiltApp();
  const { home } = app;
  const run = await newRun(app);
  let [sent, taken] = [0, 0];
  for (let round = 0; round < 3; round++) {
    if (round > 0) app = await startBuiltApp({}, home);
    const enough = taken + 50;
    let killed: Promise<unknown> | undefined;
    try {
      for (;;) {
        const step = sent++;
        await post(app, '/runs/log-metric', { run_id: run, key: 'm', value: step, timestamp: step, step });
        taken = step + 1;
        if (taken === enough) killed = sleep(7 * round).then(() => app.process.kill('SIGKILL'));
      }
    } catch {
      sent = taken; // it is not known whether the last one is there: it is sent again, as clients do
    }
    await killed;
  }
  expect(taken).toBeGreaterThanOrEqual(150);
  const store = await openStore({ home, readOnly: true });
  const { values } = store.metrics.read(run, 'm');
  // The last may have been taken without a word of it.
  expect(values.length - taken).toBeLessThanOrEqual(1);
  expect([...values]).toEqual(Array.from(values, (_, i) => i));
  expect((await store.examine()).problems).toEqual([]);
  await store.close();
  await app.stop();
});
