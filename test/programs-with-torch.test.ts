import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LogPlace, plainCode, programOf } from '../apps/web/src/features/programs/model/programs.ts';
import { command } from '../scripts/setup/command.mjs';
import { type BuiltApp, startBuiltApp } from './built-app.ts';
import { type TypedProgram, wholeProgram } from './program-harness.ts';
import { type RecordedCall, replay, startRecorder } from './recorded-traffic.ts';
import { counted, recordedRuns, removeProjects, TOKEN, typed } from './typed-program.ts';

// The programs of "Log from your script" that need PyTorch, which takes 5 GB where it is installed by pip. They were run for
// real, word for word as the page has them, against the built app; what they said to it is in fixtures/programs/ and is said
// again here. Run with a Python that has torch, transformers, accelerate, lightning, keras, pandas and mlflow-skinny, they
// are run and recorded anew:
//   WHORL_TORCH_PYTHON=/path/to/python npx vitest run test/programs-with-torch.test.ts

interface Recording {
  /** The whole program, to be recorded anew where it changes. */
  readonly program: string;
  readonly versions: Readonly<Record<string, string>>;
  /** What the program says that it measured. */
  readonly said: Readonly<Record<string, unknown>>;
  readonly calls: readonly RecordedCall[];
}

const fileOf = (id: TypedProgram): URL => new URL(`fixtures/programs/${id}.json`, import.meta.url);
const PACKAGES = ['torch', 'transformers', 'lightning', 'keras', 'mlflow-skinny'];
const torchPython = process.env.WHORL_TORCH_PYTHON;
const place: LogPlace = { url: '', guarded: true, experiment: '火炬 "1"' };
const programFor = (id: TypedProgram, at: LogPlace) => wholeProgram(id, plainCode(programOf(id).code(at) ?? ''));

let app: BuiltApp;
beforeAll(async () => {
  app = await startBuiltApp({ WHORL_TOKEN: TOKEN });
});
afterAll(async () => {
  await app?.stop();
  removeProjects();
});

async function record(id: TypedProgram, python: string): Promise<void> {
  const from = await startBuiltApp({ WHORL_TOKEN: TOKEN });
  const recorder = await startRecorder(from.url);
  try {
    const user = { LOGNAME: 'somebody', USER: 'somebody', LNAME: '', USERNAME: '' };
    const said = await typed(
      id,
      { ...place, url: recorder.url, experiment: `${place.experiment} ${id}` },
      python,
      user,
    );
    const script = `import importlib.metadata as m, json; print(json.dumps({p: m.version(p) for p in ${JSON.stringify(PACKAGES)}}))`;
    const versions = JSON.parse(await command(python, ['-c', script])) as Record<string, string>;
    const program = programFor(id, { ...place, experiment: `${place.experiment} ${id}` });
    mkdirSync(path.dirname(fileOf(id).pathname), { recursive: true });
    const recording: Recording = { program, versions, said, calls: recorder.calls };
    writeFileSync(fileOf(id), `${JSON.stringify(recording, null, 1)}\n`);
  } finally {
    recorder.close();
    await from.stop();
  }
}

/** What a program says that it measured, and the run that came of what it said to a server. */
async function logged(id: TypedProgram) {
  const experiment = `${place.experiment} ${id}`;
  if (torchPython !== undefined) await record(id, torchPython);
  const { program, said, calls } = JSON.parse(readFileSync(fileOf(id), 'utf8')) as Recording;
  expect(program, 'record it anew, as the head of this file says').toBe(programFor(id, { ...place, experiment }));
  expect(await replay(calls, app.url, TOKEN)).toEqual([]);
  const runs = await recordedRuns(app, experiment);
  expect(runs).toHaveLength(1);
  return { said, run: runs[0] };
}

describe('the lines of "Log from your script" for PyTorch', { timeout: 180_000 }, () => {
  it('log what the Trainer of Hugging Face trains', async () => {
    const { said, run } = await logged('transformers');
    expect(run).toMatchObject({ status: 'finished', seed: 7 });
    expect(run?.params).toMatchObject({ seed: '7', output_dir: 'out', report_to: "['mlflow']", num_train_epochs: '2' });
    const points = (said.log as [number, Record<string, number>][]).filter(([, logs]) => 'loss' in logs);
    expect(points).toHaveLength(4);
    // The callback sends batches from several threads: they come in any order, and stay in that in which they came.
    const { steps = [], values = [] } = run?.series.loss ?? {};
    const ordered = steps.map((step, i) => [step, values[i]]).sort(([a = 0], [b = 0]) => a - b);
    expect(ordered).toEqual(points.map(([step, logs]) => [step, logs.loss]));
  });

  it('log what Lightning trains', async () => {
    const { said, run } = await logged('lightning');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', lr: '0.1' } });
    expect(run?.series['train/loss']).toEqual(counted(said.loss));
  });

  it('log what Keras fits', async () => {
    const { said, run } = await logged('keras');
    expect(run).toMatchObject({ status: 'finished', seed: 7, params: { seed: '7', epochs: '3' } });
    const { loss, mae } = said.history as Record<string, number[]>;
    expect(run?.series).toMatchObject({ loss: counted(loss), mae: counted(mae) });
  });
});
