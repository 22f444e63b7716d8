import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeletionTarget, Store } from '../src/index.ts';
import { batch, config, startRun, temporaryFolder, temporaryStore } from './temporary.ts';

const script = fileURLToPath(new URL('./fixtures-deletion.mjs', import.meta.url));
const DAY_MS = 24 * 3600 * 1000;

const filesOf = (home: string): string[] =>
  readdirSync(path.join(home, 'artifacts'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

const put = (store: Store, runId: string, name: string, text: string) =>
  store.artifacts.put(runId, { name, mediaType: 'text/plain', data: Buffer.from(text) });

/** A run that has ended, with ten points and two files; one of them every run has. */
async function endedRun(store: Store, seed: number, experiment = 'spiral'): Promise<string> {
  const { id } = await startRun(store, seed, experiment);
  store.metrics.append(id, [batch('loss', 0, [5, 4, 3, 2, 1, 5, 4, 3, 2, 1])]);
  await put(store, id, 'own', `own file of ${experiment} ${seed}`);
  await put(store, id, 'same', 'the same bytes');
  await store.runs.end(id, 'finished', { durationMs: 1 });
  return id;
}

const idOf = async (store: Store, name: string): Promise<string> => (await store.experiments.get(name)).id;

async function remove(store: Store, target: DeletionTarget) {
  return store.deletions.delete(target, store.deletions.preview(target).sign);
}

const rowsAbout = (store: Store, id: string): number => store.metrics.series(id).length;

describe('deleting for good', () => {
  it('takes a run with its rows and the files that nobody else has, and says before what goes', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    const [one, two] = [await endedRun(store, 1), await endedRun(store, 2)];
    const loss = store.deletions.preview({ runIds: [one] });
    expect(loss).toMatchObject({ experiments: 0, runs: 1, live: [], points: 10, files: 2, models: 0, views: 0 });
    expect(loss.bytes).toBe('own file of spiral 1'.length);
    expect(filesOf(home)).toHaveLength(3);
    expect(await store.deletions.delete({ runIds: [one] }, loss.sign)).toEqual(loss);
    expect(filesOf(home)).toHaveLength(2);
    await expect(store.runs.get(one)).rejects.toMatchObject({ code: 'not-found' });
    expect(rowsAbout(store, one)).toBe(0);
    expect(store.metrics.read(two, 'loss').values).toHaveLength(10);
    expect((await store.experiments.get('spiral')).runs).toBe(1);
    expect((await store.examine()).problems).toEqual([]);
    expect(await store.ownerless.sweep({ dry: true })).toBe(0);
  });

  it('takes an experiment with its runs, views and links, and leaves the others', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    for (const seed of [1, 2, 3]) await endedRun(store, seed);
    const other = await endedRun(store, 1, 'other');
    const experimentId = await idOf(store, 'spiral');
    await store.views.save({ experimentId, name: 'mine', state: '' });
    const { token } = await store.shares.create({ kind: 'experiment', experimentId });
    const target = { experimentIds: [experimentId] };
    expect(store.deletions.preview(target)).toMatchObject({ experiments: 1, runs: 3, points: 30, views: 1, shares: 1 });
    await remove(store, target);
    expect(await store.shares.resolve(token)).toBeNull();
    expect(await store.experiments.find('spiral')).toBeNull();
    expect(store.metrics.read(other, 'loss').values).toHaveLength(10);
    expect(filesOf(home)).toHaveLength(2);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('refuses what has not ended, what is not there and what was not shown, and deletes nothing then', async () => {
    const store = await temporaryStore();
    const ended = await endedRun(store, 1);
    const { id: training } = await startRun(store, 2);
    const experimentIds = [await idOf(store, 'spiral')];
    await expect(remove(store, { runIds: [ended, training] })).rejects.toMatchObject({
      code: 'conflict',
      message: `run ${training} has not ended: stop it first, then delete: whorl stop ${training}`,
    });
    await expect(remove(store, { experimentIds })).rejects.toMatchObject({ code: 'conflict' });
    expect(() => store.deletions.preview({ runIds: [ended, 'nothing'] })).toThrow('no run "nothing"');
    const shown = store.deletions.preview({ runIds: [ended] });
    store.metrics.append(ended, [batch('late', 0, [1])]);
    await expect(store.deletions.delete({ runIds: [ended] }, shown.sign)).rejects.toMatchObject({ code: 'conflict' });
    expect((await store.runs.get(ended)).metrics).toHaveLength(2);
    expect(store.deletions.latest).toBe(0);
  });

  it('closes links to what is gone; a comparison shows what is left of it', async () => {
    const store = await temporaryStore();
    const [one, two, three] = [await endedRun(store, 1), await endedRun(store, 2), await endedRun(store, 3)];
    const ofRun = await store.shares.create({ kind: 'run', runIds: [one] });
    const both = await store.shares.create({ kind: 'comparison', runIds: [one, two] });
    const set = await store.runSets.put([one, three]);
    const gone = await store.runSets.put([one]);
    expect(store.deletions.preview({ runIds: [one] })).toMatchObject({ shares: 1, narrowedShares: 1 });
    await remove(store, { runIds: [one] });
    expect(await store.shares.resolve(ofRun.token)).toBeNull();
    expect(await store.shares.resolve(both.token)).toMatchObject({ runIds: [two] });
    expect(await store.runSets.find(store.runSets.idOf([two]))).toEqual([two]);
    expect(await store.runSets.find(set)).toEqual([three]);
    expect(await store.runSets.find(gone)).toBeNull();
  });

  it('takes the models that only these runs made or used, with their files', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    const [one, two] = [await endedRun(store, 1), await endedRun(store, 2)];
    const experimentId = await idOf(store, 'spiral');
    const make = (name: string) =>
      store.models.create({ experimentId, runId: one, name, modelType: null, params: {}, tags: {} });
    const [own, used] = [make('own'), make('used')];
    for (const id of [own, used]) {
      await store.files.put({ kind: 'model', id }, 'weights', 'text/plain', bytes(`weights of ${id}`));
    }
    store.inputs.add(two, { inputs: [{ modelId: used, step: 0 }] });
    const files = filesOf(home).length;
    expect(store.deletions.preview({ runIds: [one] })).toMatchObject({ models: 1, files: 3 });
    await remove(store, { runIds: [one] });
    expect(store.models.find(own)).toBeNull();
    expect(store.models.find(used)).toMatchObject({ runId: null });
    expect(filesOf(home)).toHaveLength(files - 2);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('finds what has been archived for long, without what trains', async () => {
    const store = await temporaryStore();
    const [one] = [await endedRun(store, 1), await endedRun(store, 2)];
    await endedRun(store, 1, 'away');
    await store.runs.archive([one]);
    await store.experiments.archive(await idOf(store, 'away'));
    expect(store.deletions.archivedBefore(new Date(Date.now() - DAY_MS))).toEqual({ experimentIds: [], runIds: [] });
    const soon = new Date(Date.now() + DAY_MS);
    expect(store.deletions.archivedBefore(soon)).toEqual({ experimentIds: [await idOf(store, 'away')], runIds: [one] });
    const { id: training } = await startRun(store, 3);
    await store.runs.archive([training]);
    expect(store.deletions.archivedBefore(soon).runIds).toEqual([one]);
  });

  it('notes that it was deleted and nothing else, and what is sent again does not bring it back', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.create('logged', null);
    const begin = () =>
      store.logged.start({
        ...{ id: 'sentagain', experimentId, source: 'client', name: 'a', startedAt: new Date(0) },
        ...{ tags: {}, environment: {} },
      });
    store.logged.change(begin(), { status: 'finished' });
    const number = store.deletions.latest;
    await remove(store, { runIds: ['sentagain'] });
    expect(() => begin()).toThrow('run sentagain was deleted for good');
    expect(store.deletions.find('sentagain')).toMatchObject({ kind: 'run', id: 'sentagain', experimentId });
    expect(store.deletions.after(number).map(({ id }) => id)).toEqual(['sentagain']);
    expect(store.deletions.find('another')).toBeNull();
  });

  it('takes single files of a run, not while Whorl trains it', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    const id = await endedRun(store, 1);
    await expect(store.artifacts.remove(id, ['own', 'nothing'])).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.artifacts.remove(id, ['own'])).toBe(1);
    expect((await store.artifacts.list(id)).map(({ name }) => name)).toEqual(['same']);
    expect(filesOf(home)).toHaveLength(1);
    const { id: training } = await startRun(store, 2);
    await put(store, training, 'log', 'begins');
    await expect(store.artifacts.remove(training, ['log'])).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('bug: a run that starts in an experiment that was deleted meanwhile says so', async () => {
  const store = await temporaryStore();
  const { id: experimentId } = await store.experiments.ensure('spiral', 'spiral');
  await remove(store, { experimentIds: [experimentId] });
  const start = store.runs.start({
    ...{ experimentId, name: 'late', config: config(), engine: 'cpu', mode: 'eager', environment: {}, command: '' },
  });
  await expect(start).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('was deleted') });
});

it('bug: the bytes of a file that a program deleted stayed until somebody swept', async () => {
  const home = temporaryFolder();
  const store = await temporaryStore(home);
  const { id } = await startRun(store);
  const owner = { kind: 'run', id } as const;
  for (const path of ['a/one', 'a/two', 'b']) await store.files.put(owner, path, 'text/plain', bytes(path));
  await store.files.put(owner, 'c', 'text/plain', bytes('a/two'));
  expect(await store.files.remove(owner, 'a')).toBe(2);
  expect(filesOf(home)).toHaveLength(2);
  expect(store.files.list(owner).map(({ path }) => path)).toEqual(['b', 'c']);
});

describe('a deletion that is killed', () => {
  /** Starts one and waits until it has said the word. */
  const begin = async (home: string, until: 'begins' | 'here', ...where: string[]): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [script, home, 'spiral', ...where], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    for await (const part of child.stdout) {
      said += part;
      if (said.includes(until)) break;
    }
    return child;
  };

  it('between its rows and its files leaves files that a sweep finds', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    for (const seed of [1, 2]) await endedRun(store, seed);
    const child = await begin(home, 'here', 'files');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await store.experiments.find('spiral')).toBeNull();
    expect(filesOf(home)).toHaveLength(3);
    expect(await store.artifacts.sweep({ dry: true })).toMatchObject({ parts: 0, files: 3 });
    await store.artifacts.sweep();
    expect(filesOf(home)).toEqual([]);
    expect((await store.examine()).problems).toEqual([]);
  });

  it('at any moment has deleted all or nothing', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    for (const pause of [0, 3, 12]) {
      const { id: experimentId } = await store.experiments.ensure('spiral', 'spiral');
      const { runs } = await store.experiments.get('spiral');
      const { steps, values, times } = batch('loss', 0, [1, 2, 3]);
      const at = new Date(0);
      const metrics = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`m${i}`, { steps, values, times }]));
      const run = {
        ...{ experimentId, name: 'a', config: config(), status: 'finished' as const, engine: 'cpu', mode: 'eager' },
        ...{ environment: {}, command: '', createdAt: at, startedAt: at, endedAt: at, durationMs: 1, metrics },
      };
      const ids = await store.runs.insertMany(Array.from({ length: 100 - runs }, () => run));
      for (const [i, id] of ids.slice(0, 10).entries()) await put(store, id, 'own', `${pause} ${i}`);
      const child = await begin(home, 'begins');
      await sleep(pause);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const left = (await store.experiments.find('spiral'))?.runs ?? 0;
      expect([0, 100]).toContain(left);
      await store.artifacts.sweep();
      expect((await store.examine()).problems).toEqual([]);
    }
  });
});

describe('what is left behind', () => {
  it('rows without an owner are found, and go unless they are only asked for', async () => {
    const store = await temporaryStore();
    const id = await endedRun(store, 1);
    const experimentId = await idOf(store, 'spiral');
    const file = { path: '/a.csv', format: 'csv', position: '{}', size: 1, modifiedAt: 1, head: '', headSize: 0 };
    store.imported.keep({ experimentId: 'gone', runId: null, ...file }, null, () => {});
    store.imported.keep({ experimentId, runId: id, ...file }, null, () => {});
    await store.runSets.put(['gone']);
    expect(await store.ownerless.sweep({ dry: true })).toBe(2);
    expect(await store.ownerless.sweep()).toBe(2);
    expect(await store.ownerless.sweep()).toBe(0);
    expect(store.imported.of(experimentId).size).toBe(1);
  });

  it('the room that deleted rows had is given back to the disk', async () => {
    const home = temporaryFolder();
    const store = await temporaryStore(home);
    const { id } = await startRun(store);
    const values = Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i) * 1e9);
    store.metrics.append(id, [{ ...batch('loss', 0, [...values]) }]);
    await store.runs.end(id, 'finished', { durationMs: 1 });
    await endedRun(store, 2);
    await remove(store, { runIds: [id] });
    expect(store.ownerless.spareBytes).toBeGreaterThan(1e6);
    expect(await store.ownerless.giveBack()).toBeGreaterThan(1e6);
    expect(statSync(store.databaseFile).size).toBeLessThan(1e6);
    expect(await store.ownerless.giveBack()).toBe(0);
    expect((await store.examine()).problems).toEqual([]);
  });
});

async function* bytes(text: string) {
  yield Buffer.from(text);
}
