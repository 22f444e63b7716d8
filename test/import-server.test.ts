import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStore } from '@whorl/store';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { start, startWith, temporaryFolder, whorl } from '../apps/runner/test/cli.ts';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

// `whorl import mlflow ADDRESS`, from a built app, which speaks the protocol. Against MLflow's own server it is tried by hand:
// that one takes half a gigabyte.

let app: BuiltApp;

beforeAll(async () => {
  app = await startBuiltApp();
});
afterAll(() => app.stop());

/** @param path below the protocol's prefix */
async function post(path: string, message: object, to: BuiltApp = app, headers: Record<string, string> = {}) {
  const response = await fetch(`${to.url}/api/2.0/mlflow${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(message),
  });
  expect(response.status, path).toBe(200);
  return response.json();
}

const experiment = async (name: string): Promise<string> => (await post('/experiments/create', { name })).experiment_id;

async function newRun(experimentId: string, run_name: string): Promise<string> {
  const { run } = await post('/runs/create', { experiment_id: experimentId, run_name, start_time: 1_700_000_000_000 });
  return run.info.run_id;
}

type Point = readonly [step: number, value: number | string, timestamp: number];
const log = (run: string, key: string, points: readonly Point[]) =>
  post('/runs/log-batch', {
    run_id: run,
    metrics: points.map(([step, value, timestamp]) => ({ key, step, value, timestamp })),
  });
const finish = (run: string, status = 'FINISHED') =>
  post('/runs/update', { run_id: run, status, end_time: 1_700_000_009_000 });

/** What a record has of the runs of an experiment, by name. */
async function recorded(home: string, name: string) {
  const store = await openStore({ home, readOnly: true });
  try {
    const { id } = (await store.experiments.find(name)) ?? {};
    const runs = store.logged.read(store.runs.ids({ scope: { experimentId: id as string } }));
    return Object.fromEntries(
      await Promise.all(
        runs.map(async (run) => [
          run.name,
          {
            status: run.status,
            params: Object.fromEntries(run.params),
            tags: Object.fromEntries(run.tags),
            points: Object.fromEntries(
              run.series.map(({ key }) => {
                const { steps, values, times } = store.metrics.read(run.id, key);
                return [key, [...steps].map((step, i) => [step, values[i], times[i]])];
              }),
            ),
            files: await Promise.all(
              (await store.artifacts.list(run.id)).map(async ({ name, mediaType, size }) => ({
                name,
                mediaType,
                size,
              })),
            ),
          },
        ]),
      ),
    );
  } finally {
    await store.close();
  }
}

describe('whorl import mlflow', () => {
  it('copies runs with all that the server has of them; again, only what is new', async () => {
    const home = temporaryFolder();
    const id = await experiment('时装 1');
    const run = await newRun(id, 'first');
    await post('/runs/log-batch', {
      run_id: run,
      params: [{ key: 'random_state', value: '3' }],
      tags: [
        { key: '团队', value: '甲' },
        { key: 'mlflow.source.name', value: 'train.py' },
      ],
    });
    const odd: Point[] = [
      [1, 'NaN', 10],
      [2, 'Infinity', 20],
      [2 ** 53, '-Infinity', 30],
    ];
    await log(run, 'odd', odd);
    await log(run, 'loss', [
      [0, 0.1, 100],
      [1, 0.30000000000000004, 101],
      [1, 0.30000000000000004, 101],
    ]);
    const file = '说明/read me.md';
    await fetch(
      `${app.url}/api/2.0/mlflow-artifacts/artifacts/${id}/${run}/artifacts/${file.split('/').map(encodeURIComponent).join('/')}`,
      { method: 'PUT', body: '# 你好', headers: { 'content-type': 'text/markdown' } },
    );
    const failed = await newRun(id, 'second');
    await finish(failed, 'FAILED');

    const first = await whorl(home, 'import', 'mlflow', app.url, '--json');
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const said = JSON.parse(first.stdout) as { experiments: { name: string }[]; files: { points: number }[] };
    expect(said.experiments.map(({ name }) => name)).toEqual(['时装 1']);
    expect(said.files.map(({ points }) => points).sort()).toEqual([0, 6]);
    const { first: one, second } = await recorded(home, '时装 1');
    expect(second?.status).toBe('failed');
    expect(one).toMatchObject({ status: 'running', params: { random_state: '3' }, tags: { 团队: '甲' } });
    expect(one?.points.odd).toEqual(odd.map(([step, value, time]) => [step, Number(value), time]));
    expect(one?.points.loss).toEqual([
      [0, 0.1, 100],
      [1, 0.30000000000000004, 101],
      [1, 0.30000000000000004, 101],
    ]);
    expect(one?.files).toEqual([{ name: `files/${file}`, mediaType: expect.any(String), size: 8 }]);

    // Of a run that goes on: a point more, one that was logged late, and one that is there already, again.
    await log(run, 'loss', [
      [2, 0.2, 50],
      [3, 0.1, 103],
      [0, 0.1, 100],
    ]);
    await finish(run);
    const second_ = await whorl(home, 'import', 'mlflow', `${app.url}/`);
    expect(second_.stdout).toContain('1 run, 3 points, 0 files');
    const { first: later } = await recorded(home, '时装 1');
    expect(later?.status).toBe('finished');
    expect(later?.points.odd).toEqual(one?.points.odd);
    expect(later?.points.loss?.map(([step]) => step).sort()).toEqual([0, 0, 1, 1, 2, 3]);
    const third = await whorl(home, 'import', 'mlflow', app.url);
    expect(third.stdout).toContain('0 runs, 0 points and 0 files came in');
  });

  it('loses nothing and doubles nothing when it is killed at any moment, and leaves what was deleted away', async () => {
    const home = temporaryFolder();
    const id = await experiment('many');
    const names = Array.from({ length: 12 }, (_, i) => `run ${i}`);
    for (const name of names) {
      const run = await newRun(id, name);
      for (const key of ['a', 'b'])
        await log(
          run,
          key,
          Array.from({ length: 300 }, (_, i) => [i, i / 7, 1000 + i] as const),
        );
      await finish(run);
    }
    for (const lines of [1, 4, 7]) {
      const { child, ended } = start(home, 'import', 'mlflow', app.url, '--name', 'copy');
      let seen = 0;
      child.stdout.on('data', (text) => {
        seen += String(text).split('\n').length - 1;
        if (seen >= lines) child.kill('SIGKILL');
      });
      await ended;
    }
    expect((await whorl(home, 'import', 'mlflow', app.url, '--name', 'copy')).code).toBe(0);
    const runs = await recorded(home, 'copy');
    expect(Object.keys(runs)).toEqual(expect.arrayContaining(names));
    for (const name of names) {
      const { a, b } = runs[name]?.points ?? {};
      expect(a).toEqual(Array.from({ length: 300 }, (_, i) => [i, i / 7, 1000 + i]));
      expect(b).toEqual(a);
    }
  });

  it('sends the credentials that the client of MLflow would, and says what a refusal needs', async () => {
    const guarded = await startBuiltApp({ WHORL_TOKEN: 'a-secret-of-a-class' });
    onTestFinished(() => guarded.stop());
    await post('/runs/create', { experiment_id: '0', run_name: 'x' }, guarded, {
      authorization: 'Bearer a-secret-of-a-class',
    });
    const home = temporaryFolder();
    const refused = await whorl(home, 'import', 'mlflow', guarded.url);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/401.*MLFLOW_TRACKING_TOKEN/s);
    const env = { MLFLOW_TRACKING_TOKEN: 'a-secret-of-a-class' };
    const { code, stdout } = await startWith(env, home, 'import', 'mlflow', guarded.url).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('1 run, 0 points and 0 files') });
  });

  it('says what is no address, no server, and no server of this protocol, and makes nothing', async () => {
    const home = temporaryFolder();
    const page = createServer((_, response) => response.end('<!doctype html><p>Hello'));
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void page.close());
    const url = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    for (const [words, said] of [
      [[url], `whorl import mlflow ${url}`],
      [['mlflow', 'http://'], 'expected one address behind mlflow'],
      [['mlflow', url, 'more'], 'expected one address behind mlflow'],
      [['mlflow', 'http://127.0.0.1:1'], 'does not answer'],
      [['mlflow', url], 'answered 200; expected an answer of MLflow'],
    ] as const) {
      const { code, stderr } = await whorl(home, 'import', ...words);
      expect({ code, stderr: stderr.replace(/\s+/g, ' ') }).toEqual({ code: 2, stderr: expect.stringContaining(said) });
    }
    const { stdout } = await whorl(home, 'ls');
    expect(stdout).toContain('Nothing is recorded');
  });
});
