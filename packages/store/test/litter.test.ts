import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startRun, temporaryFolder, temporaryStore } from './temporary.ts';

const script = fileURLToPath(new URL('./fixtures-litter.mjs', import.meta.url));

/** The files below `artifacts`. */
const filesOf = (home: string) =>
  readdirSync(path.join(home, 'artifacts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** A process that stands in the middle of keeping a file. */
async function writerOf(home: string, where: 'part' | 'moved'): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, home, where], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('here\n');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

describe('what a process leaves behind that is killed while it keeps a file', () => {
  it('bug: an unfinished file goes with the next start, and not while its writer lives', async () => {
    const home = temporaryFolder();
    const writer = await writerOf(home, 'part');
    expect(filesOf(home)).toEqual([expect.stringMatching(/^[0-9a-f]{64}/), expect.stringMatching(/^[0-9a-f]{64}/)]);
    const beside = await temporaryStore(home);
    expect(await beside.artifacts.sweep()).toEqual({ parts: 0, files: 0, bytes: 0 });
    expect(filesOf(home).filter((name) => name.endsWith('.part'))).toHaveLength(1);
    await kill(writer);
    const store = await temporaryStore(home);
    await store.tidy();
    expect(filesOf(home)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    const { id } = await store.experiments.get('killed');
    const [run] = (await store.runs.list(id)).items;
    expect(run?.status).toBe('crashed');
    expect((await store.artifacts.list(run?.id ?? '')).map(({ name }) => name)).toEqual(['kept']);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('bug: a file without a row goes with the next start', async () => {
    const home = temporaryFolder();
    const writer = await writerOf(home, 'moved');
    expect(filesOf(home)).toHaveLength(2);
    await kill(writer);
    const store = await temporaryStore(home);
    await store.tidy();
    expect(filesOf(home)).toHaveLength(1);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('a process that finds the runs crashed sweeps, too, as the web app does', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    await kill(await writerOf(home, 'part'));
    expect(await store.runs.markCrashed()).toHaveLength(1);
    expect(filesOf(home)).toHaveLength(1);
  });
});

describe('a sweep', () => {
  it('never takes a file from a run, whoever keeps the same bytes meanwhile', async () => {
    const home = temporaryFolder();
    const [one, two] = [await temporaryStore(home), await temporaryStore(home)];
    const { id } = await startRun(one);
    const sweep = async () => {
      for (let i = 0; i < 40; i++) await two.artifacts.sweep();
    };
    const keep = async (name: string) => {
      for (let i = 0; i < 60; i++) {
        // The bytes come back after others stood in their place, so that nobody had them for a while.
        const data = Buffer.from(`bytes ${i % 2}`);
        await one.artifacts.put(id, { name, mediaType: 'text/plain', data });
        const [record] = await one.artifacts.list(id, name);
        expect((await one.artifacts.read(id, record?.id ?? 0)).data).toEqual(data);
      }
    };
    await Promise.all([sweep(), keep('one'), keep('other')]);
    await two.artifacts.sweep();
    expect(filesOf(home)).toHaveLength(1);
    expect((await one.examine()).problems).toEqual([]);
  });
});
