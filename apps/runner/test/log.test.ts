import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openStore, type RunRecord, type Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunLog } from '../src/training/run-log.ts';
import { start, temporaryFolder, whorl } from './cli.ts';

async function storeAt(home: string): Promise<Store> {
  const store = await openStore({ home });
  onTestFinished(() => store.close());
  return store;
}

async function runsOf(store: Store): Promise<readonly RunRecord[]> {
  const experiment = await store.experiments.find('spiral');
  return experiment === null ? [] : store.runs.all(experiment.id);
}

/** The log of a run: its parts one after the other. */
async function logOf(store: Store, runId: string): Promise<string> {
  const parts = await store.artifacts.list(runId, 'log');
  const texts = await Promise.all(parts.map(async ({ id }) => (await store.artifacts.read(runId, id)).data.toString()));
  return texts.join('');
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;
const quick = ['epochs=45', 'data.n=10', 'model.hidden=[2]', '--engine', 'wasm', '--jobs', '1'];

describe('the log of a run', () => {
  it('says how it started, how far it was, and how it ended, each line with its time', async () => {
    const home = temporaryFolder();
    expect((await whorl(home, 'run', 'spiral', ...quick)).code).toBe(0);
    const store = await storeAt(home);
    const [run] = await runsOf(store);
    const lines = (await logOf(store, run?.id ?? '')).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(TIME);
    const said = lines.map((line) => line.replace(TIME, ''));
    expect(said[0]).toBe('started: spiral, seed 1, 45 steps on 30 rows, engine wasm');
    const steps = said.flatMap((line) => /^step (\d+): loss [\d.]+, accuracy [\d.]+$/.exec(line)?.[1] ?? []);
    expect(steps.map(Number)).toEqual([...Array.from({ length: 15 }, (_, i) => 3 * i), 44]);
    expect(said.at(-2)).toBe('steps: eager (the engine wasm runs op by op)');
    expect(said.at(-1)).toMatch(/^finished after 45 steps in \d+\.\d s$/);
  });

  it('says of a run that failed why', async () => {
    const home = temporaryFolder();
    writeFileSync(path.join(home, 'artifacts'), 'a file where a folder belongs');
    const { code, stderr } = await whorl(home, 'run', 'spiral', ...quick);
    expect(code).toBe(1);
    expect(stderr).toContain('ENOTDIR'); // the log has nowhere to go either, and does not hide the reason

    rmSync(path.join(home, 'artifacts'));
    const store = await storeAt(home);
    const [run] = await runsOf(store);
    const log = new RunLog(store.artifacts, run?.id ?? '');
    log.say('failed: one\ntwo');
    await log.close();
    expect(await logOf(store, run?.id ?? '')).toMatch(/^\S+Z failed: one\n {2}two\n$/);
  });

  it('of a run whose process was killed is there up to the second before', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', 'epochs=1000000', ...quick.slice(1));
    const store = await storeAt(home);
    const log = async () => {
      const [run] = await runsOf(store);
      return run ? logOf(store, run.id) : '';
    };
    await expect.poll(log, { timeout: 30_000 }).toMatch(/started: .*\n.*step 0: loss /);
    child.kill('SIGKILL');
    await ended;
    expect(await log()).toMatch(/step 0: loss /);
  });

  it('keeps what could not be written, and writes it with what comes after', async () => {
    const home = temporaryFolder();
    expect((await whorl(home, 'run', 'spiral', ...quick)).code).toBe(0);
    const store = await storeAt(home);
    const id = (await runsOf(store))[0]?.id ?? '';
    let fails = true;
    const put: Store['artifacts']['put'] = (run, artifact) => {
      if (fails) throw new Error('the disk is full');
      return store.artifacts.put(run, { ...artifact, name: 'log again' });
    };
    const log = new RunLog({ put }, id);
    log.say('kept');
    await expect(log.close()).rejects.toThrow('full');
    fails = false;
    log.say('after');
    await log.close();
    const [part, ...others] = await store.artifacts.list(id, 'log again');
    expect(others).toEqual([]);
    expect((await store.artifacts.read(id, part?.id ?? 0)).data.toString()).toMatch(/kept\n\S+ after\n$/);
  });

  it('tells once that the loss is no number any more', async () => {
    const written: string[] = [];
    const log = new RunLog({ put: async (_, { data }) => void written.push(Buffer.from(data).toString()) }, 'x');
    log.expect(3);
    for (const [step, loss] of [1, Number.NaN, Number.NaN].entries()) {
      log.see({ step, epoch: step, metrics: { loss, accuracy: 0 } });
    }
    await log.close();
    expect(written.join('').match(/not finite/g)).toHaveLength(1);
  });
});
