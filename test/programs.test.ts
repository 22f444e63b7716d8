import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogPlace, PROGRAM_IDS, plainCode, programOf } from '../apps/web/src/features/programs/model/programs.ts';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython } from '../scripts/setup/mlflow-client.mjs';
import { type BuiltApp, startBuiltApp } from './built-app.ts';
import type { TypedProgram } from './program-harness.ts';
import { counted, projectFolder, recordedRuns, removeProjects, TOKEN, typed } from './typed-program.ts';

// What the page "Log from your script" tells people to type is typed here, line by line, and the built app then has what the
// programs say that they measured. What needs PyTorch is in programs-with-torch.test.ts; what runs in a browser is run by
// e2e/tests/client.spec.ts, from the page itself.

let app: BuiltApp;
let python: string;
const placeFor = (id: string): LogPlace => ({ url: app.url, guarded: true, experiment: `我的 "实验" $1 ${id}` });

beforeAll(async () => {
  const started = mlflowPython();
  app = await startBuiltApp({ WHORL_TOKEN: TOKEN });
  python = await started;
}, 500_000);

afterAll(async () => {
  await app?.stop();
  removeProjects();
});

/** What a program says that it measured, and its run, the only one of its experiment. */
async function logged(id: TypedProgram) {
  const place = placeFor(id);
  const said = await typed(id, place, python);
  const runs = await recordedRuns(app, place.experiment);
  expect(runs).toHaveLength(1);
  return { said, run: runs[0] };
}

describe('the lines of "Log from your script"', { timeout: 180_000 }, () => {
  it('log from any Python program, such as one of PyTorch', async () => {
    const { said, run } = await logged('pytorch');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.25' } });
    expect(run?.series).toEqual({ loss: counted(said.loss) });
  });

  it('log from a Python program without MLflow', async () => {
    // Into a folder of its own: pip would keep a client of this version that it installed before.
    const site = projectFolder();
    const env = { PIP_TARGET: site, PYTHONPATH: site, PIP_NO_INDEX: '1' };
    const place = placeFor('python');
    const said = await typed('python', place, python, env);
    const [run, ...others] = await recordedRuns(app, place.experiment);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.25' } });
    expect(run?.series).toEqual({ loss: counted(said.loss) });
  });

  it('log what scikit-learn fits', async () => {
    const { said, run } = await logged('sklearn');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: said.params });
    expect(said.params).toMatchObject({ C: '0.5', random_state: '7' });
    // The model is read back with the client, and predicts the same.
    expect(said.model).toEqual(['model', 'READY', said.run, true]);
    expect(said.data).toEqual(['train']);
    expect(run?.series.training_score).toEqual({ steps: [0], values: [said.score] });
  });

  it('log what TensorFlow.js fits', async () => {
    const { said, run } = await logged('tfjs');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.01' } });
    expect(run?.series).toEqual({ loss: counted(said.loss, 1) });
  });

  it('log from JavaScript in Node', async () => {
    const { said, run } = await logged('node');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.25' } });
    expect(run?.series).toEqual({ loss: counted(said.loss) });
  });

  it('follow and take in the files of other programs', async () => {
    const cwd = projectFolder();
    mkdirSync(path.join(cwd, 'runs'));
    writeFileSync(path.join(cwd, 'runs', 'a.csv'), 'step,loss\n1,0.5\n');
    const env = { ...process.env, WHORL_HOME: app.home, WHORL_LANG: 'en' };
    const [watch = '', take = ''] = (programOf('files').shell(placeFor('files')) ?? '').split('\n');
    const watching = spawn('sh', ['-c', `exec ${watch}`], { cwd, env, stdio: 'ignore', detached: true });
    try {
      await expect.poll(() => recordedRuns(app, 'runs'), { timeout: 30_000 }).toHaveLength(1);
    } finally {
      process.kill(-(watching.pid as number), 'SIGINT');
    }
    writeFileSync(path.join(cwd, 'runs', 'a.csv'), 'step,loss\n1,0.5\n2,0.25\n');
    await command('sh', ['-c', take], { cwd, env });
    const [run] = await recordedRuns(app, 'runs');
    expect(run?.series.loss).toEqual({ steps: [1, 2], values: [0.5, 0.25] });
  });

  it('are in docs, with the address of a server that was started as it is', () => {
    const text = readFileSync(fileURLToPath(new URL('../docs/log-from-your-script.md', import.meta.url)), 'utf8');
    const fences = [...text.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, body]) => body?.trimEnd());
    const usual = { url: 'http://127.0.0.1:4000', guarded: false, experiment: 'my experiment' };
    const expected = PROGRAM_IDS.flatMap((id) => {
      const { shell, code } = programOf(id);
      const lines = code(usual);
      return [shell(usual), lines === null ? null : plainCode(lines)].filter((part) => part !== null);
    });
    expect(fences).toEqual(expected);
  });
});
