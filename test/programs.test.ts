import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@whorl/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogPlace, PROGRAM_IDS, plainCode, programOf } from '../apps/web/src/features/programs/model/programs.ts';
import { command } from '../scripts/setup/command.mjs';
import { mlflowPython } from '../scripts/setup/mlflow-client.mjs';
import { type BuiltApp, startBuiltApp } from './built-app.ts';
import { wholeProgram } from './program-harness.ts';

// What the page "Log from your script" tells people to type is typed here, line by line, and the built app then has what the
// programs say that they measured. What runs in a browser is run by e2e/tests/client.spec.ts, from the page itself.

const root = fileURLToPath(new URL('..', import.meta.url));
const TOKEN = "it's a token of $HOME".replaceAll(' ', '_');
const NAME = '我的 "实验" $1';

let app: BuiltApp;
let place: LogPlace;
let python: string;
const folders: string[] = [];

/** A folder within one that has what is installed here. */
function projectFolder(): string {
  const around = mkdtempSync(path.join(tmpdir(), 'whorl-programs-'));
  folders.push(around);
  symlinkSync(path.join(root, 'node_modules'), path.join(around, 'node_modules'));
  const folder = path.join(around, 'project');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  return folder;
}

beforeAll(async () => {
  const started = mlflowPython();
  app = await startBuiltApp({ WHORL_TOKEN: TOKEN });
  place = { url: app.url, guarded: true, experiment: NAME };
  python = await started;
}, 500_000);

afterAll(async () => {
  await app?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const ENVIRONMENT = {
  WHORL_TOKEN: TOKEN,
  GIT_PYTHON_REFRESH: 'quiet',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
};

/** What a program prints last, run as its page says, in a shell. */
async function typed(id: 'pytorch' | 'sklearn' | 'tfjs' | 'node'): Promise<Record<string, unknown>> {
  const { shell, code, language } = programOf(id);
  const cwd = projectFolder();
  const text = wholeProgram(id, plainCode(code(place) ?? ''));
  writeFileSync(path.join(cwd, language === 'python' ? 'train.py' : 'train.mjs'), text);
  const env = {
    ...ENVIRONMENT,
    PATH: `${path.dirname(python)}${path.delimiter}${process.env.PATH}`,
    WHORL_UNSENT: path.join(cwd, 'unsent'),
  };
  const output = await command('sh', ['-e', '-c', shell(place) ?? ''], { cwd, env, timeoutMs: 120_000 });
  const last = output.split('\n').findLast((line) => line.startsWith('{'));
  return JSON.parse(last ?? 'null') as Record<string, unknown>;
}

/** The runs of an experiment: their params and series, by key. */
async function recorded(experiment: string) {
  const ask = async (pathname: string, body?: unknown) => {
    const response = await fetch(`${app.url}/api/2.0/mlflow/${pathname}`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return (await response.json()) as never;
  };
  const found: { experiment: { experiment_id: string } } = await ask(
    `experiments/get-by-name?${new URLSearchParams({ experiment_name: experiment })}`,
  );
  const { runs }: { runs: { info: { run_id: string; status: string; artifact_uri: string } }[] } = await ask(
    'runs/search',
    { experiment_ids: [found.experiment.experiment_id] },
  );
  const store = await openStore({ home: app.home, readOnly: true });
  try {
    const ids = runs.map(({ info }) => info.run_id);
    const records = await store.runs.getMany(ids);
    return store.logged.read(ids).map((run) => ({
      status: run.status,
      seed: records.find(({ id }) => id === run.id)?.seed,
      params: Object.fromEntries(run.params) as Record<string, string>,
      series: Object.fromEntries(
        run.series.map(({ key }) => {
          const { steps, values } = store.metrics.read(run.id, key);
          return [key, { steps: [...steps], values: [...values] }];
        }),
      ),
    }));
  } finally {
    await store.close();
  }
}

/** The latest run, of an experiment with a name of its own. */
async function logged(id: 'pytorch' | 'sklearn' | 'tfjs' | 'node') {
  place = { ...place, experiment: `${NAME} ${id}` };
  const said = await typed(id);
  const runs = await recorded(place.experiment);
  expect(runs).toHaveLength(1);
  return { said, run: runs[0] };
}

const counted = (values: unknown, from = 0) => ({ steps: (values as number[]).map((_, i) => i + from), values });

describe('the lines of "Log from your script"', () => {
  it('log from any Python program, such as one of PyTorch', async () => {
    const { said, run } = await logged('pytorch');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.25' } });
    expect(run?.series).toEqual({ loss: counted(said.loss) });
  });

  it('log what scikit-learn fits', async () => {
    const { said, run } = await logged('sklearn');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { C: '0.5', random_state: '7' } });
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
    const [watch = '', take = ''] = (programOf('files').shell(place) ?? '').split('\n');
    const watching = spawn('sh', ['-c', `exec ${watch}`], { cwd, env, stdio: 'ignore', detached: true });
    try {
      await expect.poll(() => recorded('runs').catch(() => []), { timeout: 30_000 }).toHaveLength(1);
    } finally {
      process.kill(-(watching.pid as number), 'SIGINT');
    }
    writeFileSync(path.join(cwd, 'runs', 'a.csv'), 'step,loss\n1,0.5\n2,0.25\n');
    await command('sh', ['-c', take], { cwd, env });
    const [run] = await recorded('runs');
    expect(run?.series.loss).toEqual({ steps: [1, 2], values: [0.5, 0.25] });
  });

  it('are in docs, with the address of a server that was started as it is', () => {
    const text = readFileSync(path.join(root, 'docs/log-from-your-script.md'), 'utf8');
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
