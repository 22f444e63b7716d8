import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore, openTidied } from '../src/index.ts';
import { temporaryFolder, temporaryStore } from './temporary.ts';

const script = fileURLToPath(new URL('./fixtures-child.mjs', import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly lines: string[];
  readonly ended: Promise<{ code: number | null; stderr: string }>;
}

/** @param node the command that runs a script */
function start(home: string, seed: number, points: number, node = [process.execPath]): Child {
  const [file = '', ...args] = [...node, script, home, String(seed), String(points)];
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let stderr = '';
  let rest = '';
  child.stdout.on('data', (data) => {
    const parts = `${rest}${data}`.split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return {
    process: child,
    lines,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stderr })),
  };
}

describe('processes', () => {
  it('killed in mid-run leave every flushed point, a whole database, and a crashed run', async () => {
    const home = temporaryFolder();
    const child = start(home, 2, 0);
    await expect.poll(() => child.lines.length, { timeout: 30_000 }).toBeGreaterThan(20);
    child.process.kill('SIGKILL');
    await child.ended;
    const id = child.lines[0]?.replace('run ', '') ?? '';
    const told = Number(child.lines.at(-1));

    const store = await temporaryStore(home);
    expect(store.check()).toBeNull();
    expect((await store.runs.get(id)).status, 'opening alone changes nothing').toBe('running');
    const tidied = await openTidied({ home });
    expect((await store.runs.get(id)).status).toBe('crashed');
    await tidied.close();
    const { steps, values } = store.metrics.read(id, 'loss');
    expect(steps.length).toBeGreaterThanOrEqual(told);
    expect([...values]).toEqual(Array.from(steps, (_, i) => 2 * i));
    expect(store.metrics.series(id)[0]?.count).toBe(steps.length);
  });

  it('that live keep their run running, whoever opens the record', async () => {
    const home = temporaryFolder();
    const child = start(home, 1, 0);
    onTestFinished(() => {
      child.process.kill('SIGKILL');
    });
    await expect.poll(() => child.lines.length, { timeout: 30_000 }).toBeGreaterThan(2);
    const id = child.lines[0]?.replace('run ', '') ?? '';
    const store = await temporaryStore(home);
    expect((await store.runs.get(id)).status).toBe('running');
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await store.runs.markCrashed()).toEqual([id]);
    expect(await store.runs.markCrashed()).toEqual([]);
  });

  it('that are dead but not reaped, as in a container without an init, count as dead', async () => {
    const home = temporaryFolder();
    // The shell becomes a `sleep`, which never asks how its child ended: killed, the child stays as a zombie.
    const { process: parent, lines } = start(home, 1, 0, ['sh', '-c', '"$@" & exec sleep 600', 'sh', process.execPath]);
    onTestFinished(() => {
      parent.kill('SIGKILL');
    });
    await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(2);
    const id = lines[0]?.replace('run ', '') ?? '';
    const store = await temporaryStore(home);
    const { pid } = new Database(store.databaseFile).prepare('SELECT pid FROM Run').get() as { pid: number };
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /);
    expect(await store.runs.markCrashed()).toEqual([id]);
  });

  it('four at once make the database, the experiment, and lose no point', async () => {
    const home = temporaryFolder();
    const children = [1, 2, 3, 4].map((seed) => start(home, seed, 5000));
    for (const child of children) expect(await child.ended).toEqual({ code: 0, stderr: '' });
    const store = await openStore({ home });
    const { items } = await store.experiments.list();
    expect(items).toMatchObject([{ name: 'many', runs: 4, byStatus: { finished: 4 } }]);
    for (const run of (await store.runs.list(items[0]?.id ?? '')).items) {
      expect([...store.metrics.read(run.id, 'loss').values]).toEqual(
        Array.from({ length: 5000 }, (_, i) => i * (run.seed ?? 0)),
      );
    }
    expect(store.check()).toBeNull();
    await store.close();
  });

  it('bug: of several that opened a new record at one moment, some were told that another program holds it', async () => {
    // As it is when one process has migrated it, and nobody has written: before its changes went to a log.
    const made = await temporaryStore();
    await made.close();
    const database = new Database(made.databaseFile);
    database.pragma('journal_mode = DELETE');
    database.close();
    const opener = fileURLToPath(new URL('./fixtures-open-at.mjs', import.meta.url));
    const openers = Array.from({ length: 6 }, () => fork(opener));
    onTestFinished(() => {
      for (const each of openers) each.kill();
    });
    for (let round = 0; round < 40; round += 1) {
      const home = temporaryFolder();
      copyFileSync(made.databaseFile, path.join(home, 'whorl.db'));
      const at = Date.now() + (round === 0 ? 2000 : 20);
      for (const each of openers) each.send({ home, at });
      const said = await Promise.all(openers.map(async (each) => (await once(each, 'message'))[0]));
      expect(said).toEqual(openers.map(() => null));
    }
  });
});
