import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '@whorl/store';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, json } from './cli.ts';

// Runs of other programs at the command line: they have params and metrics, and no study, engine or config.

const SEEDS = [1, 2, 3, 4, 5];
const home = mkdtempSync(path.join(tmpdir(), 'whorl-others-'));

/** What a script logged: a loss of each run that its learning rate decides, and its seed a little. */
const lossOf = (lr: string, seed: number) => (lr === '0.1' ? 0.2 + ((seed * 7) % 5) / 500 : 0.5) + seed / 100;

beforeAll(async () => {
  const store = await openStore({ home });
  const { id: experimentId } = await store.experiments.create('theirs', null);
  for (const lr of ['0.1', '0.01']) {
    for (const seed of SEEDS) {
      const id = store.logged.start({
        experimentId,
        source: 'mlflow',
        name: `lr ${lr}`,
        startedAt: new Date(0),
        params: { lr, random_state: String(seed), batch_size: '32' },
        tags: {},
        environment: {},
      });
      const points = {
        steps: Float64Array.of(0, 1),
        values: Float64Array.of(1, lossOf(lr, seed)),
        times: Float64Array.of(0, 1),
      };
      store.logged.log(id, { series: [{ key: 'loss', ...points }] });
      store.logged.change(id, { status: 'finished', endedAt: new Date(1000) });
    }
  }
  await store.close();
  return () => rmSync(home, { recursive: true, force: true });
});

describe('runs of another program', () => {
  it('are compared by what they logged, with the param that says so as seed', async () => {
    const compared = await json<Record<string, unknown>>(home, 'compare', 'theirs');
    expect(compared).toMatchObject({ metric: 'loss', by: 'lr', confounds: [], kind: 'best' });
    expect(compared.levels).toMatchObject([
      { level: '0.01', n: 5 },
      { level: '0.1', n: 5 },
    ]);
    expect(compared.pairs).toMatchObject([{ nPairs: 5, difference: expect.closeTo(0.296, 12) }]);
  });

  it('bug: one was shown with an empty command that repeats it, and without params with an empty table', async () => {
    const store = await openStore({ home });
    const { id: experimentId } = await store.experiments.create('bare', null);
    const id = store.logged.start({
      experimentId,
      source: 'mlflow',
      name: 'bare',
      startedAt: new Date(0),
      tags: {},
      environment: {},
    });
    await store.close();
    const { stdout } = await ask(home, 'show', id);
    expect(stdout).toContain('/runs/');
    expect(stdout).not.toMatch(/again:|config +value/);
  });

  it('bug: their loss was called the loss of a batch', async () => {
    for (const args of [
      ['compare', 'theirs'],
      ['ls', 'theirs'],
      ['compare', 'theirs', '--json'],
    ]) {
      const { code, stdout } = await ask(home, ...args);
      expect([code, stdout]).toEqual([0, expect.stringContaining('loss')]);
      expect(stdout).not.toMatch(/batch loss/i);
    }
  });
});
