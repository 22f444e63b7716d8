import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, askIn, json, temporaryFolder } from './cli.ts';

const bin = fileURLToPath(new URL('../bin/whorl.js', import.meta.url));

async function within<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ home });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Runs of another program, each with ten points and a file; the last trains where `training` says so. */
const logRuns = (home: string, experiment: string, runs: number, training = false) =>
  within(home, async (store) => {
    const { id: experimentId } = await store.experiments.create(experiment, null);
    const ids: string[] = [];
    for (let i = 0; i < runs; i++) {
      const id = store.logged.start({
        ...{ experimentId, source: 'client', name: `run ${i}`, startedAt: new Date(), tags: {}, environment: {} },
      });
      const values = Float64Array.from({ length: 10 }, (_, step) => step);
      store.logged.log(id, { series: [{ key: 'loss', steps: values, values, times: values }] });
      await store.logged.putFile(id, {
        name: 'a.txt',
        mediaType: 'text/plain',
        data: Buffer.from(`${experiment} ${i}`),
      });
      if (!training || i < runs - 1) store.logged.change(id, { status: 'finished' });
      ids.push(id);
    }
    return ids;
  });

const filesOf = (home: string) =>
  readdirSync(path.join(home, 'artifacts'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** The command on a terminal of 80 columns on which somebody answers. */
function answering(home: string, answer: string, ...args: string[]): string {
  const command = ['stty cols 80;', `'${process.execPath}'`, `'${bin}'`, ...args].join(' ');
  return execFileSync('script', ['-qec', command, '/dev/null'], {
    input: `${answer}\n`,
    encoding: 'utf8',
    env: { ...process.env, WHORL_HOME: home, NO_COLOR: '1', WHORL_LANG: 'en' },
  });
}

describe('whorl rm', () => {
  it('says what will go; without a terminal it deletes nothing unless --yes says so', async () => {
    const home = temporaryFolder();
    await logRuns(home, 'grid', 3);
    await within(home, async (store) => {
      const { id: experimentId } = await store.experiments.get('grid');
      await store.shares.create({ kind: 'experiment', experimentId });
      await store.views.save({ experimentId, name: 'mine', state: '' });
    });
    const refused = await ask(home, 'rm', 'grid');
    expect(refused.code).toBe(2);
    expect(refused.stdout).toBe(
      [
        'To be deleted for good, which cannot be undone:',
        '  the experiment "grid"',
        '  3 runs, 30 points, 3 files (18 B), 1 saved view',
        '  1 share link leads to nothing from then on',
        '',
      ].join('\n'),
    );
    expect(refused.stderr).toContain(
      'nothing was deleted: there is no terminal to ask on; --yes deletes without asking',
    );
    expect((await askIn('zh', home, 'rm', 'grid')).stdout).toContain(
      '3 次运行，30 个点，3 个文件（18 B），1 个保存的视图',
    );
    expect((await ask(home, 'rm', 'grid', '--json')).code).toBe(2);
    const { code, stdout } = await ask(home, 'rm', 'grid', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('deleted 3 runs for good, with 18 B of files');
    expect((await ask(home, 'ls')).stdout).toContain('Nothing is recorded');
    expect(filesOf(home)).toEqual([]);
  });

  it('asks on a terminal, where anything but a yes deletes nothing', async () => {
    const home = temporaryFolder();
    const [id = ''] = await logRuns(home, 'grid', 2);
    expect(answering(home, '', 'rm', id)).toContain('nothing was deleted');
    expect(answering(home, 'ye', 'rm', id)).toContain('nothing was deleted');
    expect(await json<{ runs: unknown[] }>(home, 'ls', 'grid')).toMatchObject({ runs: [{}, {}] });
    expect(answering(home, 'Y', 'rm', id)).toContain('deleted 1 run for good');
    expect(await json<{ runs: unknown[] }>(home, 'ls', 'grid')).toMatchObject({ runs: [{}] });
    expect((await ask(home, 'show', id)).code).toBe(2);
  });

  it('refuses a run that trains and says what to do; a mistyped word deletes nothing', async () => {
    const home = temporaryFolder();
    const ids = await logRuns(home, 'grid', 2, true);
    const trains = await ask(home, 'rm', 'grid', '--yes');
    expect(trains.code).toBe(2);
    expect(trains.stderr).toContain(`run ${ids[1]} has not ended: stop it first, then delete: whorl stop ${ids[1]}`);
    const mistyped = await ask(home, 'rm', ids[0] ?? '', 'gridd', '--yes');
    expect(mistyped.stderr).toContain('no run or experiment "gridd". Did you mean "grid"?');
    expect(await json<{ runs: unknown[] }>(home, 'ls', 'grid')).toMatchObject({ runs: [{}, {}] });
    for (const [args, said] of [
      [['rm'], 'expected runs or experiments to delete'],
      [['rm', 'grid', '--archived', '3'], '--archived: takes no names'],
      [['rm', '--archived', 'soon'], '--archived: expected a number of days from 0 on, got "soon"'],
      [['rm', ids[0] ?? '', '--file', 'b.txt', '--yes'], 'has no file "b.txt"'],
    ] as const) {
      const { code, stderr } = await ask(home, ...args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stderr).toContain(said);
    }
  });

  it('deletes what has been archived for some days, and files of one run', async () => {
    const home = temporaryFolder();
    const [one = '', two = ''] = await logRuns(home, 'grid', 2);
    await logRuns(home, 'away', 1);
    await within(home, async (store) => {
      await store.runs.archive([one]);
      await store.experiments.archive((await store.experiments.get('away')).id);
    });
    expect((await ask(home, 'rm', '--archived', '1', '--yes')).stdout).toBe('There is nothing to delete.\n');
    const { deleted } = await json<{ deleted: object }>(home, 'rm', '--archived', '0', '--yes');
    expect(deleted).toMatchObject({ runIds: [one], runs: 2, points: 20, files: 2 });
    expect((await ask(home, 'rm', two, '--file', 'a.txt', '--yes')).stdout).toContain('deleted 1 file for good');
    expect(filesOf(home)).toEqual([]);
  });
});

describe('whorl gc', () => {
  it('finds what a killed deletion left, says it with --dry-run and removes it', async () => {
    const home = temporaryFolder();
    const [one = ''] = await logRuns(home, 'grid', 2);
    // Killed as its first file goes: the rows are gone by then.
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.rmSync = () => process.kill(process.pid, 'SIGKILL');
      syncBuiltinESMExports();
      process.argv = [process.argv[0], ${JSON.stringify(bin)}, 'rm', ${JSON.stringify(one)}, '--yes'];
      await import(${JSON.stringify(bin)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, WHORL_HOME: home },
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    expect((await ask(home, 'show', one)).code).toBe(2);
    expect(filesOf(home)).toHaveLength(2);
    expect((await ask(home, 'gc', '--dry-run')).stdout).toBe(
      '0 unfinished files and 1 file of no run, 6 B; whorl gc removes it\n',
    );
    expect(filesOf(home)).toHaveLength(2);
    expect((await ask(home, 'gc')).stdout).toBe('removed 0 unfinished files and 1 file of no run, 6 B\n');
    expect(filesOf(home)).toHaveLength(1);
    expect((await ask(home, 'gc')).stdout).toBe('Nothing is left behind.\n');
  });
});
