import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython, newestMlflowPython, PINNED_MLFLOW } from '../scripts/setup/mlflow-client.mjs';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

// What MLflow's own client says that it reads back of what it wrote: one program, one server, many checks.

const script = fileURLToPath(new URL('fixtures-mlflow-client.py', import.meta.url));
const cli = fileURLToPath(new URL('../apps/runner/bin/whorl.js', import.meta.url));
const TOKEN = 'a-token-of-the-tests';
const AS_ADA = { MLFLOW_TRACKING_USERNAME: 'ada', MLFLOW_TRACKING_PASSWORD: TOKEN };

/** What the script prints last. */
async function saidBy(
  python: string,
  url: string,
  env: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const output = await command(python, [script, url], {
    timeoutMs: 120_000,
    env: { MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', ...env },
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

interface Numbers {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly ci95: readonly number[];
}

/** What SciPy says of the results that a PyTorch script logged. */
interface Truth {
  readonly levels: Readonly<Record<'linear' | 'relu', Numbers>>;
  readonly pair: { readonly difference: number; readonly ci95: readonly number[]; readonly pAdjusted: number };
}

interface Compared {
  readonly levels: readonly (Numbers & { readonly level: string })[];
  readonly pairs: readonly { readonly pAdjusted: number }[];
  readonly verdict: string;
}

describe('the client of MLflow, with the built app', () => {
  let app: BuiltApp;
  let said: Record<string, unknown>;
  beforeAll(async () => {
    const python = await mlflowPython();
    app = await startBuiltApp({ WHORL_TOKEN: TOKEN });
    said = await saidBy(python, app.url, AS_ADA);
  }, 300_000);
  afterAll(async () => app?.stop());

  it('reads back the params, tags and latest metrics that it logged', () => {
    expect(said.params).toEqual({ lr: '0.01', seed: '1', 优化器: 'adam', empty: '' });
    expect(said.tags).toEqual({ 队: '红' });
    expect(said.metrics).toEqual({ loss: 0.05, acc: 0.5, 'val/acc': 0.25, odd: 0.1, steps: 1, later: 49 });
    expect(said.status).toEqual(['FINISHED', '第一次', 'active', true]);
  });

  it('reads back every point: NaN, infinities, -0, steps of 2^53 and steps that go back', () => {
    expect(said.history).toEqual({
      odd: ['nan', 'inf', '-inf', '-0.0', 5e-324, Number.MAX_VALUE, 0.1].map((value, step) => [step, value]),
      steps: [[0, '0.0'], ...[2 ** 53, -(2 ** 53), 5, 5].map((step, i) => [step, i + 1])],
      'val/acc': [[7, 0.25]],
      nothing: [],
    });
    const later = said.later as [number, number][];
    expect(later.map(([step]) => step).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('logs batches that it splits, and changes what it may', () => {
    expect(said.batch).toEqual([true, 250, 150, 1_700_000_000_123]);
    expect(said.notes).toBe('# 笔记');
    // One that is scheduled is running here, and what it was said to be there.
    expect(said.scheduled).toEqual(['SCHEDULED', 1, 0, 1]);
    expect(said.updated).toEqual(['KILLED', 'renamed', 'renamed', false]);
  });

  it('is refused with MLflow\u2019s own codes, at once', () => {
    expect(said.refused).toEqual({
      'param changed': ['INVALID_PARAMETER_VALUE', true],
      'no run': ['RESOURCE_DOES_NOT_EXIST', true],
      'no experiment': ['RESOURCE_DOES_NOT_EXIST', true],
      'experiment twice': ['RESOURCE_ALREADY_EXISTS', true],
      'bad key': ['INVALID_PARAMETER_VALUE', true],
      filter: ['INVALID_PARAMETER_VALUE', true],
      registry: ['ENDPOINT_NOT_FOUND', true],
    });
  });

  it('searches runs by MLflow\u2019s filters, orders and pages, and by OR, NOT and parentheses', () => {
    expect(said.search).toEqual({
      all: true,
      metric: ['r09', 'r19'],
      param: ['r01', 'r11', 'r21'],
      tag: ['r00', 'r10', 'r20'],
      null: ['r01', 'r02', 'r03', 'r04', 'r06', 'r07', 'r08', 'r09'],
      or: ['r03', 'r09', 'r19'],
      in: ['r24'],
      status: [25, 0],
      order: ['r19', 'r09', 'r18', 'r08'],
      'nan last': 'r03',
    });
    // Runs that come while the pages are read neither show up in the middle nor push any out.
    expect(said.pages).toEqual([[7, 7, 7, 4], 25, false]);
    expect(said.experiments).toEqual(['search']);
    expect(said.deleted).toEqual([['search'], 'deleted']);
  });

  it('brings files up, in parts too, lists them, brings them down and deletes them', () => {
    expect(said.tree).toEqual([
      ['d', true, null],
      ['d/e', true, null],
      ['d/e/a.json', false, 29],
      ['d/文 件.txt', false, 7],
      ['files', true, null],
      ['files/big.bin', false, 3_500_001],
      ['files/empty', false, 0],
    ]);
    expect(said.files).toEqual([true, '深度\n', 0]);
    expect(said['after delete']).toEqual(['d/文 件.txt']);
  });

  it('logs data sets and models', () => {
    expect(said.dataset).toEqual(['螺旋', { 'mlflow.data.context': 'training' }, 1]);
    expect(said.outputs).toEqual([true]);
    expect(said.model).toEqual([
      'net',
      'READY',
      expect.objectContaining({ b: '2' }),
      { depth: '3' },
      [
        ['loss', 0.5, 2, '螺旋'],
        ['loss', 0.25, 3, '螺旋'],
      ],
    ]);
    expect((said.model as unknown[])[2]).not.toHaveProperty('a');
    expect(said['model files']).toEqual(['MLmodel']);
    expect(said.models).toEqual(['net']);
  });

  /** What a command says of the record. */
  async function whorl<T>(...words: string[]): Promise<T> {
    const env = { WHORL_HOME: app.home, WHORL_LANG: 'en' };
    return JSON.parse(await command(process.execPath, [cli, ...words, '--json'], { env })) as T;
  }

  const asOwner = (page: string) => fetch(app.url + page, { headers: { authorization: `Bearer ${TOKEN}` } });

  it('is shown on the pages', async () => {
    for (const page of [`/experiments/${said.experiment}`, `/runs/${said.run}`, `/compare?runs=${said.run}`, '/']) {
      const response = await asOwner(page);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(page === '/' ? '从脚本记录' : '第一次');
    }
  });

  it('brings the course\u2019s comparison out of what a PyTorch script logged: levels, intervals, the paired test, verdict, confound', async () => {
    const [experiment, isRead] = said.pytorch as [string, boolean];
    expect(isRead).toBe(true);
    // What SciPy says of the same runs; what was trained and how is in fixtures/pytorch-comparison.py.
    const { levels, pair } = JSON.parse(
      readFileSync(new URL('fixtures/pytorch-comparison.json', import.meta.url), 'utf8'),
    ) as Truth;
    const compared = await whorl<Compared>('compare', experiment, '--by', 'activation,optimizer');
    expect(compared).toMatchObject({ metric: 'testAccuracy', goal: 'highest', confounds: [], kind: 'best' });
    expect(compared.verdict).toMatch(/^relu · adam has the highest testAccuracy: 0\.4539 above linear · sgd/);
    const close = (numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 9));
    expect(compared.levels.map(({ level, n, mean, sd, ci95 }) => [level, n, mean, sd, ci95])).toEqual(
      (['linear', 'relu'] as const).map((activation) => {
        const { n, mean, sd, ci95 } = levels[activation];
        return [activation === 'linear' ? 'linear + sgd' : 'relu + adam', n, ...close([mean, sd]), close(ci95)];
      }),
    );
    expect(compared.pairs).toMatchObject([
      { nPairs: 5, difference: expect.closeTo(pair.difference, 9), ci95: close(pair.ci95) },
    ]);
    expect(compared.pairs[0]?.pAdjusted).toBeCloseTo(pair.pAdjusted, 10);
    const alone = await whorl<Compared>('compare', experiment, '--by', 'activation');
    expect(alone).toMatchObject({ confounds: ['optimizer'], kind: 'confounded' });

    const page = async (by: string) => {
      const response = await asOwner(`/compare?experiment=${experiment}&by=${by}`);
      expect(response.status).toBe(200);
      return (await response.text()).replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, '');
    };
    const shown = await page('activation,optimizer');
    for (const said of [
      'relu · adam has the highest testAccuracy: 0.4539 above linear · sgd, the next (p &lt; 0.0001).',
      'A clean comparison: the groups differ in activation and optimizer alone.',
      '0.4972 [0.4904, 0.5040] n=5',
      '0.9511 [0.9468, 0.9551] n=5',
      '-0.4539[-0.4653, -0.4426]&lt; 0.0001',
    ])
      expect(shown).toContain(said);
    const doubtful = await page('activation');
    expect(doubtful).toContain('These groups differ in more than what is compared');
    expect(doubtful).toContain('No verdict on activation: the groups differ in optimizer as well.');
  });

  it('answers the newest client that installs as the one above', async () => {
    const newest = await newestMlflowPython();
    if (newest === null) return expect(said.version).toBe(PINNED_MLFLOW);
    const other = await startBuiltApp({ WHORL_TOKEN: TOKEN });
    try {
      const heard = await saidBy(newest.python, other.url, AS_ADA);
      expect(heard.version).toBe(newest.version);
      const plain = ({ version, experiment, run, files_run, later, pytorch, ...rest }: typeof said) => rest;
      expect(plain(heard)).toEqual(plain(said));
    } finally {
      await other.stop();
    }
  }, 600_000);

  it('is let in by the token alone, as a bearer or a password, and told so in JSON otherwise', async () => {
    const ask = async (authorization?: string) => {
      const response = await fetch(`${app.url}/api/2.0/mlflow/runs/get?run_id=${said.run}`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      return [response.status, ((await response.json()) as { error_code?: string }).error_code];
    };
    const basic = (password: string) => `Basic ${Buffer.from(`x:${password}`).toString('base64')}`;
    expect(await ask(`Bearer ${TOKEN}`)).toEqual([200, undefined]);
    expect(await ask(basic(TOKEN))).toEqual([200, undefined]);
    // More wrong ones than are free: none of them makes the client wait.
    for (const wrong of [undefined, 'Basic !', basic('wrong'), basic('wrong'), basic('wrong'), basic('wrong')]) {
      expect(await ask(wrong)).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  it('leaves in the record every point to the last bit', async () => {
    const store = await openStore({ home: app.home, readOnly: true });
    const { values } = store.metrics.read(String(said.run), 'odd');
    expect([...values]).toEqual([Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 0.1]);
    expect([...store.metrics.read(String(said.run), 'steps').steps]).toEqual([0, 2 ** 53, -(2 ** 53), 5, 5]);
    expect(await store.runs.get(String(said.run))).toMatchObject({ source: 'mlflow', seed: 1, config: null });
    expect((await store.examine()).problems).toEqual([]);
    await store.close();
  });
});
