import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython } from '../scripts/setup/mlflow-client.mjs';
import { type BuiltApp, startBuiltApp } from './built-app.ts';

// What MLflow's own client says that it reads back of what it wrote: one program, one server, many checks.

const script = fileURLToPath(new URL('fixtures-mlflow-client.py', import.meta.url));

describe('the client of MLflow, with the built app', () => {
  let app: BuiltApp;
  let said: Record<string, unknown>;
  beforeAll(async () => {
    const python = await mlflowPython();
    app = await startBuiltApp();
    const output = await command(python, [script, app.url], { timeoutMs: 120_000 });
    said = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  }, 300_000);
  afterAll(async () => app?.stop());

  it('reads back the params, tags and latest metrics that it logged', () => {
    expect(said.params).toEqual({ lr: '0.01', seed: '1', 优化器: 'adam', empty: '' });
    expect(said.tags).toEqual({ 队: '红' });
    expect(said.metrics).toMatchObject({ loss: 0.05, acc: 0.5, 'val/acc': 0.25, odd: 0.1, steps: 2 ** 53 });
    expect(said.status).toEqual(['FINISHED', '第一次', 'active', true]);
  });

  it('is shown on the pages', async () => {
    for (const page of [`/experiments/${said.experiment}`, `/runs/${said.run}`, `/compare?runs=${said.run}`, '/']) {
      const response = await fetch(app.url + page);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(page === '/' ? '从脚本记录' : '第一次');
    }
  });

  it('leaves in the record every point to the last bit', async () => {
    const store = await openStore({ home: app.home, readOnly: true });
    const { values } = store.metrics.read(String(said.run), 'odd');
    expect([...values]).toEqual([Number.NaN, Infinity, -Infinity, -0, 5e-324, Number.MAX_VALUE, 0.1]);
    expect([...store.metrics.read(String(said.run), 'steps').steps]).toEqual([0, 2 ** 53, -(2 ** 53), 5, 5]);
    expect(await store.runs.get(String(said.run))).toMatchObject({ source: 'mlflow', seed: null, config: null });
    await store.close();
  });
});
