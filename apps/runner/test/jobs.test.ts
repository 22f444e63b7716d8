import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, json, start, statuses, temporaryFolder, workersOf } from './cli.ts';

interface Runs {
  readonly runs: readonly { readonly id: string; readonly seed: number; readonly status: string }[];
}

const small = ['data.n=20', 'model.hidden=[4]', '--engine', 'wasm'];
const endless = ['epochs=1000000', ...small];

describe('whorl run --jobs', () => {
  it('gives the same bits however many processes train, and lists the runs as planned', async () => {
    const recorded = async (jobs: string) => {
      const home = temporaryFolder();
      const options = ['epochs=40', 'optimizer.lr=0.1,0.01', '--seeds', '1..3', '--jobs', jobs];
      const { runs } = await json<Runs>(home, 'run', 'spiral', ...small, ...options);
      const store = await openStore({ home });
      const values = runs.map(({ id, seed }) => [seed, [...store.metrics.read(id, 'loss').values]]);
      const told = await Promise.all(runs.map(async ({ id }) => (await store.runs.get(id)).environment.launch));
      expect(new Set(told)).toEqual(new Set([expect.stringMatching(/^\d{4}-.*Z \d+$/)]));
      await store.close();
      return values;
    };
    const alone = await recorded('1');
    expect(alone.map(([seed]) => seed)).toEqual([1, 2, 3, 1, 2, 3]);
    expect(await recorded('2')).toEqual(alone);
  });

  it('has all runs of an experiment trained on one engine, the fastest for the widest of them', async () => {
    const engines = async (...sweep: string[]) => {
      const args = ['run', 'spiral', ...sweep, 'epochs=2', '--json'];
      const { code, stdout, stderr } = await ask(temporaryFolder(), ...args);
      expect(code).toBe(0);
      const { runs } = JSON.parse(stdout) as { runs: readonly { readonly engine: string }[] };
      return { trained: runs.map(({ engine }) => engine), stderr };
    };
    expect((await engines('model.hidden=[4],[8]')).trained).toEqual(['portable', 'portable']);
    const { trained, stderr } = await engines('model.hidden=[4],[120,120]');
    // Where set-up has not made the native engine, it is said once what trains instead.
    const missing = stderr.match(/native engine not available .*: training on portable/gs)?.length ?? 0;
    expect({ trained, missing }).toEqual(
      trained[0] === 'native'
        ? { trained: ['native', 'native'], missing: 0 }
        : { trained: ['portable', 'portable'], missing: 1 },
    );
  });

  it('ends every run in training as interrupted at Ctrl-C, with exit code 130', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', ...endless, '--seeds', '1..5', '--jobs', '2', '--json');
    await expect.poll(() => statuses(home), { timeout: 30_000 }).toEqual({ 1: 'running', 2: 'running' });
    const asked = performance.now();
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(performance.now() - asked).toBeLessThan(5000);
    expect(code).toBe(130);
    expect((JSON.parse(stdout) as Runs).runs.map(({ status }) => status)).toEqual(['interrupted', 'interrupted']);
    expect(await statuses(home)).toEqual({ 1: 'interrupted', 2: 'interrupted' });
  });

  it('a process that is killed takes its own run with it and no other: exit code 1, the rest is trained', async () => {
    const home = temporaryFolder();
    // Two runs that do not end by themselves, whatever else the machine does; then two that do.
    const sweep = ['epochs=1000000,20', '--seeds', '1..2', '--jobs', '2', '--json'];
    const { child, ended } = start(home, 'run', 'spiral', ...small, ...sweep);
    const listed = async () => (await json<Runs>(home, 'ls', 'spiral')).runs;
    const counted = async (status: string) => (await listed()).filter((run) => run.status === status).length;
    await expect.poll(() => counted('running'), { timeout: 30_000 }).toBe(2);
    const endless = new Set((await listed()).map(({ id }) => id));
    const [victim] = workersOf(child.pid);
    process.kill(victim as number, 'SIGKILL');
    await expect.poll(() => counted('crashed'), { timeout: 30_000 }).toBe(1);
    // The third may be running by now, and ends by itself.
    const other = (await listed()).find(({ id, status }) => endless.has(id) && status === 'running');
    await json(home, 'stop', other?.id ?? '');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error run \w+ crashed: the process that trained it ended without a word$/m);
    // What is not known of the crashed run is left out of its line, which ends with the engine.
    const [line = ''] = stderr.split('\n').filter((text) => /\d\/4 .* crashed /.test(text));
    expect(line).toMatch(/ on wasm$/);
    expect(line).not.toMatch(/ - /);
    const found = (JSON.parse(stdout) as Runs).runs.map(({ status }) => status).sort();
    expect(found).toEqual(['crashed', 'finished', 'finished', 'interrupted']);
    expect((await listed()).map(({ status }) => status).sort()).toEqual(found);
  });

  it.each(['0', '-1', 'two', '1.5', '1000'])('refuses %s', async (jobs) => {
    const { code, stderr } = await ask(temporaryFolder(), 'run', 'spiral', '--jobs', jobs);
    expect(code).toBe(2);
    expect(stderr).toBe(`error --jobs: expected a whole number from 1 to 256, got "${jobs}"\n`);
  });

  it('leaves no process behind', async () => {
    const home = temporaryFolder();
    const { child, ended } = start(home, 'run', 'spiral', ...endless, '--seeds', '1..2', '--jobs', '2');
    await expect.poll(() => statuses(home), { timeout: 30_000 }).toMatchObject({ 1: 'running', 2: 'running' });
    const workers = workersOf(child.pid);
    expect(workers).toHaveLength(2);
    child.kill('SIGKILL');
    await ended;
    const alive = () =>
      workers.filter((pid) => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      });
    await expect.poll(alive, { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => statuses(home), { timeout: 10_000 }).toEqual({ 1: 'crashed', 2: 'crashed' });
  });
});
