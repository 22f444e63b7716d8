import { buildConfig } from '@whorl/core';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '../src/index.ts';
import { config, temporaryFolder, temporaryStore } from './temporary.ts';

const HASHES = { a: 'a'.repeat(64), b: 'b'.repeat(64) } as const;

const onFile = (path: string, sha256: string, seed = 1) =>
  buildConfig(config(seed), { 'data.name': 'csv', 'data.path': path, 'data.sha256': sha256 });

async function record(store: Store, path: string, sha256: string, seed = 1) {
  const { id: experimentId } = await store.experiments.ensure('files', 'spiral');
  const run = { experimentId, name: path, engine: 'cpu', mode: 'eager', environment: {}, command: '' } as const;
  return store.runs.start({ ...run, config: onFile(path, sha256, seed) });
}
const called = (run: { params: Readonly<Record<string, unknown>> }) => run.params['data.path'];

describe('a file that runs were trained on', () => {
  it('is called by its name, whatever its copies are called; its config keeps the path', async () => {
    const store = await temporaryStore();
    const first = await record(store, '/one/iris.csv', HASHES.a);
    const copy = await record(store, '/two/copy of iris.csv', HASHES.a, 2);
    expect([called(first), called(copy)]).toEqual(['iris.csv', 'iris.csv']);
    expect(copy.config?.data).toMatchObject({ path: '/two/copy of iris.csv', sha256: HASHES.a });
    expect((await store.runs.get(copy.id)).params).toMatchObject({ 'data.path': 'iris.csv', 'data.sha256': HASHES.a });
  });

  it('is told from another one of the same name', async () => {
    const store = await temporaryStore();
    const runs = [
      await record(store, '/one/iris.csv', HASHES.a),
      await record(store, '/two/iris.csv', HASHES.b),
      await record(store, '/three/iris.csv', HASHES.b, 2),
    ];
    expect(runs.map(called)).toEqual(['iris.csv', 'iris.csv (bbbbbbbb)', 'iris.csv (bbbbbbbb)']);
  });

  it('is called the same by all that record at once', async () => {
    const home = temporaryFolder();
    const stores = [await temporaryStore(home), await temporaryStore(home), await temporaryStore(home)];
    const names = await Promise.all(
      stores.flatMap((store, i) => [
        record(store, `/${i}/iris.csv`, HASHES.a, 2 * i).then(called),
        record(store, `/${i}/iris.csv`, HASHES.b, 2 * i + 1).then(called),
      ]),
    );
    const [ofA, ofB] = [0, 1].map((of) => new Set(names.filter((_, i) => i % 2 === of)));
    expect([ofA?.size, ofB?.size, new Set(names).size]).toEqual([1, 1, 2]);
  });

  it('is found as recorded wherever it lies now', async () => {
    const store = await temporaryStore();
    const run = await record(store, '/one/iris.csv', HASHES.a);
    await store.runs.end(run.id, 'finished', { durationMs: 1 });
    expect((await store.runs.findRecorded(run.experimentId, onFile('/two/copy.csv', HASHES.a)))?.id).toBe(run.id);
    expect(await store.runs.findRecorded(run.experimentId, onFile('/one/iris.csv', HASHES.b))).toBeNull();
  });

  it('of a record of before has its name by what the runs of then say', async () => {
    const home = temporaryFolder();
    const store = await openStore({ home });
    const paths = ['/one/iris.csv', '/two/iris.csv', 'bare.csv', '/copy.csv'];
    const hashes = [HASHES.a, HASHES.b, 'c'.repeat(64), HASHES.a];
    const ids: string[] = [];
    for (const [i, path] of paths.entries()) ids.push((await record(store, path, hashes[i] as string, i)).id);
    const { id: planar } = await store.runs.start({
      experimentId: (await store.experiments.ensure('files', 'spiral')).id,
      name: 'spiral',
      config: config(9),
      engine: 'cpu',
      mode: 'eager',
      environment: {},
      command: '',
    });
    await store.close();
    const sqlite = new Database(store.databaseFile);
    sqlite.exec('DROP TABLE DataFile');
    sqlite.exec("DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_data_files'");
    for (const [i, id] of ids.entries()) {
      sqlite.prepare("UPDATE Param SET value = ? WHERE runId = ? AND key = 'data.path'").run(paths[i], id);
    }
    sqlite.close();

    const opened = await temporaryStore(home);
    const runs = await opened.runs.getMany(ids);
    expect(runs.map(called)).toEqual(['iris.csv', 'iris.csv (bbbbbbbb)', 'bare.csv', 'iris.csv']);
    expect(runs.map((run) => run.config?.data)).toMatchObject(paths.map((path) => ({ path })));
    expect((await opened.runs.get(planar)).params).not.toHaveProperty(['data.path']);
    expect(called(await record(opened, '/three/iris.csv', HASHES.b, 7))).toBe('iris.csv (bbbbbbbb)');
  });
});
