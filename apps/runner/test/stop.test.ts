import { openStore, type RunRecord } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, askIn, start, statuses, temporaryFolder, whorl } from './cli.ts';

interface Runs {
  readonly runs: readonly { readonly id: string; readonly seed: number; readonly status: string }[];
}

const small = ['data.n=20', 'model.hidden=[4]', '--engine', 'wasm'];
const endless = ['epochs=1000000', ...small];

async function runs(home: string, experiment = 'spiral'): Promise<RunRecord[]> {
  const store = await openStore({ home });
  try {
    const found = await store.experiments.find(experiment);
    return found ? (await store.runs.all(found.id)).reverse() : [];
  } finally {
    await store.close();
  }
}

const training = (home: string, seeds: readonly number[]) =>
  expect
    .poll(() => statuses(home), { timeout: 30_000 })
    .toMatchObject(Object.fromEntries(seeds.map((seed) => [seed, 'running'])));

describe('whorl stop', () => {
  it('ends one run of a sweep as interrupted with its points, and the rest goes on', async () => {
    const home = temporaryFolder();
    const { ended } = start(
      home,
      ...['run', 'spiral', ...small, 'epochs=1000000,300', '--seeds', '1..2', '--jobs', '1', '--json'],
    );
    await training(home, [1]);
    const stopped: string[] = [];
    for (const seed of [1, 2]) {
      await expect.poll(async () => (await runs(home)).find((run) => run.seed === seed)?.status).toBe('running');
      const id = (await runs(home)).find((run) => run.seed === seed)?.id ?? '';
      const answer = await ask(home, 'stop', id);
      expect(answer).toMatchObject({ code: 0 });
      expect(answer.stdout).toContain('stopped from the command line');
      stopped.push(id);
    }
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^! 2 runs were stopped$/m);
    expect((JSON.parse(stdout) as Runs).runs.map(({ seed, status }) => [seed, status])).toEqual([
      [1, 'interrupted'],
      [2, 'interrupted'],
      [1, 'finished'],
      [2, 'finished'],
    ]);
    const store = await openStore({ home });
    for (const id of stopped) {
      const run = await store.runs.get(id);
      expect(run).toMatchObject({ status: 'interrupted', error: 'stopped from the command line' });
      expect((run.endedAt?.getTime() ?? 0) - (run.stopRequestedAt?.getTime() ?? 0)).toBeLessThan(3000);
      const { steps } = store.metrics.read(id, 'loss');
      expect(steps.length).toBeGreaterThan(0);
      expect(run.metrics.find(({ key }) => key === 'loss')?.count).toBe(steps.length);
      const parts = await store.artifacts.list(id, 'log');
      const log = await Promise.all(parts.map(async (part) => (await store.artifacts.read(id, part.id)).data));
      expect(Buffer.concat(log).toString()).toContain(`interrupted after ${steps.length} steps`);
    }
    await store.close();
  });

  it('stops an experiment with what has not begun, and a command that is started later trains', async () => {
    const home = temporaryFolder();
    const { ended } = start(home, 'run', 'spiral', ...endless, '--seeds', '1..6', '--jobs', '2', '--json');
    await training(home, [1, 2]);
    expect(await ask(home, 'stop', 'spiral')).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^! 2 runs were stopped, 4 were not begun$/m);
    expect((JSON.parse(stdout) as Runs).runs).toHaveLength(2);
    expect(await statuses(home)).toEqual({ 1: 'interrupted', 2: 'interrupted' });
    const later = await whorl(home, 'run', 'spiral', ...small, 'epochs=20', '--seeds', '7');
    expect(later.code).toBe(0);
  });

  it('of a run that has ended says so, twice, with exit code 0', async () => {
    const home = temporaryFolder();
    await whorl(home, 'run', 'spiral', ...small, 'epochs=20');
    const [run] = await runs(home);
    for (let times = 0; times < 2; times++) {
      const { code, stdout } = await ask(home, 'stop', run?.id ?? '');
      expect(code).toBe(0);
      expect(stdout).toMatch(/finished +had ended before/);
    }
    expect((await ask(home, 'stop', 'spiral')).stdout).toBe('No run trains there.\n');
  });

  it('of a run whose process was killed says that it crashed', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', ...endless);
    await training(home, [1]);
    const [run] = await runs(home);
    child.kill('SIGKILL');
    await ended;
    await expect.poll(() => statuses(home), { timeout: 10_000 }).toEqual({ 1: 'crashed' });
    const { code, stdout } = await ask(home, 'stop', run?.id ?? '');
    expect(code).toBe(0);
    expect(stdout).toMatch(/crashed +the process that trained it ended without a word/);
    expect((await askIn('zh', home, 'stop', run?.id ?? '')).stdout).toMatch(/已崩溃 +训练它的进程未作说明就退出了/);
    expect((await askIn('zh', home, 'show', run?.id ?? '')).stdout).toMatch(/已崩溃：训练它的进程未作说明就退出了\n/);
  });

  it('refuses a word that names nothing, and asks nothing of the others', async () => {
    const home = temporaryFolder();
    await whorl(home, 'run', 'spiral', ...small, 'epochs=20');
    const { code, stderr } = await ask(home, 'stop', 'spiral', 'spiralx');
    expect(code).toBe(2);
    expect(stderr).toContain('error stop: no run or experiment "spiralx". Did you mean "spiral"?');
    const store = await openStore({ home });
    const experiment = await store.experiments.get('spiral');
    expect(store.runs.experimentStops([experiment.id]).size).toBe(0);
    await store.close();
  });
});
