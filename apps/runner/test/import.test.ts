import { appendFileSync, cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '@whorl/store';
import { describe, expect, it, onTestFinished } from 'vitest';
import { filesBelow } from '../src/importing/find-files.ts';
import { finishQuiet } from '../src/importing/finish-quiet.ts';
import { type ImportTarget, importFile } from '../src/importing/import-file.ts';
import { importRoots, runNames } from '../src/importing/sources.ts';
import { temporaryFolder, whorl } from './cli.ts';

const FIXTURES = fileURLToPath(new URL('../../../packages/formats/test/fixtures', import.meta.url));
const fixture = (...names: string[]) => path.join(FIXTURES, ...names);

/** A record, and a way to import into it as the command does. */
async function record(folder: string, { isLive = false } = {}) {
  const store = await openStore({ home: path.join(temporaryFolder(), 'home') });
  onTestFinished(() => store.close());
  const importAll = async (name?: string) => {
    const [root] = await importRoots(store, [folder], name);
    if (!root) throw new Error('no root');
    const experimentId = root.experiment.id;
    const target: ImportTarget = { store, experimentId, known: store.imported.of(experimentId), isLive };
    const reports = [];
    for (const file of filesBelow(folder)) reports.push(await importFile(target, file, runNames(root, file)));
    return { target, experimentId, reports };
  };
  return { store, importAll };
}

const runsOf = (store: Store, experimentId: string) => {
  const runs = store.logged.read(store.runs.ids({ scope: { experimentId } }));
  return Object.fromEntries(runs.map((run) => [run.name, run]));
};
const valuesOf = (store: Store, runId: string, key: string) => [...store.metrics.read(runId, key).values];

describe('whorl import', () => {
  it('takes in what is in a folder, and says what per file; again, nothing is new', async () => {
    const home = path.join(temporaryFolder(), 'home');
    const folder = path.join(temporaryFolder(), 'trials');
    cpSync(fixture('event-files', 'tensorboardx-1.tfevents'), path.join(folder, 'a', 'events.out.tfevents.1'));
    cpSync(fixture('wandb-files', 'interrupted.wandb'), path.join(folder, 'run.wandb'));
    writeFileSync(path.join(folder, 'notes.txt'), 'nothing');
    const first = await whorl(home, 'import', folder, '--json');
    expect(first.code).toBe(0);
    const said = JSON.parse(first.stdout) as {
      experiments: { id: string; name: string }[];
      files: { format: string; points: number; media: number; runs: string[]; damage: unknown[]; rest: number }[];
    };
    expect(said.experiments).toMatchObject([{ name: 'trials' }]);
    expect(said.files.map(({ format, points, media, rest }) => [format, points, media, rest])).toEqual([
      ['wandb', 1, 0, 0],
      ['tensorboard', 49, 3, 0],
    ]);
    const again = await whorl(home, 'import', folder, '--name', 'trials');
    expect(again.stdout).toContain('0 runs, 0 points and 0 files came in');
    const store = await openStore({ home, readOnly: true });
    const runs = runsOf(store, said.experiments[0]?.id as string);
    expect(Object.keys(runs).sort()).toEqual(['a', 'interrupted']);
    expect(valuesOf(store, runs.a?.id as string, 'train/loss')).toHaveLength(40);
    expect(runs.interrupted).toMatchObject({ status: 'interrupted' });
    await store.close();
  });

  it('says what it cannot find, and makes nothing', async () => {
    const home = path.join(temporaryFolder(), 'home');
    const gone = await whorl(home, 'import', 'no-such-folder');
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringContaining('expected a file or a folder') });
    const empty = await whorl(home, 'import', temporaryFolder());
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('found no event file') });
  });
});

describe('what is imported', () => {
  it('has params, tags, notes, facts, media and the end that the source says', async () => {
    const folder = path.join(temporaryFolder(), 'swanlab');
    cpSync(fixture('swanlab-files', 'plain.swanlab'), path.join(folder, 'run-1', 'run.swanlab'));
    for (const name of ['config.yaml', 'swanlab-metadata.json'])
      cpSync(fixture('swanlab-files', name), path.join(folder, 'run-1', 'files', name));
    mkdirSync(path.join(folder, 'run-1', 'media', 'text'), { recursive: true });
    writeFileSync(path.join(folder, 'run-1', 'media', 'text', '030-2cf24dba.txt'), 'hello');
    const { store, importAll } = await record(folder);
    const { experimentId, reports } = await importAll();
    const [report] = reports;
    expect(reports).toHaveLength(1); // what lies beside a log is found through the log
    const run = runsOf(store, experimentId)['a name'];
    expect(run).toMatchObject({ status: 'finished', notes: 'N' });
    expect(Object.fromEntries(run?.params ?? [])).toMatchObject({ lr: '0.1', seed: '9223372036854775808' });
    expect(Object.fromEntries(run?.tags ?? [])).toMatchObject({ first: '', group: 'g' });
    const [recorded] = await store.runs.getMany([run?.id as string]);
    expect(recorded).toMatchObject({ source: 'import', environment: { host: 'lab', git: { commit: '0123abcd' } } });
    const files = await store.artifacts.list(run?.id as string);
    expect(files.map(({ name, step, mediaType, meta }) => ({ name, step, mediaType, what: meta.what }))).toEqual([
      { name: 'files/note', step: 30, mediaType: 'text/plain', what: 'text' },
    ]);
    expect([...(report?.unread ?? [])].map(([what]) => what)).toEqual([
      expect.stringContaining('.png'),
      expect.stringContaining('.png'),
    ]);
  });

  it('grows by what is new: a file that grew, a record that was cut, a second file of a run', async () => {
    const folder = path.join(temporaryFolder(), 'grown');
    const whole = readFileSync(fixture('event-files', 'restarted-1.tfevents'));
    mkdirSync(folder);
    const file = path.join(folder, 'events.out.tfevents.1');
    writeFileSync(file, whole.subarray(0, whole.length - 5));
    const { store, importAll } = await record(folder);
    const first = await importAll();
    expect(first.reports[0]).toMatchObject({ points: 9, state: 'read' });
    expect(first.reports[0]?.rest).toBeGreaterThan(0);
    writeFileSync(file, whole);
    cpSync(fixture('event-files', 'restarted-2.tfevents'), path.join(folder, 'events.out.tfevents.2.again'));
    const second = await importAll();
    expect(second.reports.map(({ points }) => points)).toEqual([1, 6]);
    const run = runsOf(store, first.experimentId).grown;
    expect(valuesOf(store, run?.id as string, 'loss')).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 94, 93, 92, 91, 90, 89]);
    expect(Object.fromEntries(run?.tags ?? [])).toEqual({ 'restarted at step': '6' });
    expect((await importAll()).reports.map(({ state }) => state)).toEqual(['unchanged', 'unchanged']);
  });

  it('stays where a file is written anew with more columns, and waits where it is shorter', async () => {
    const folder = path.join(temporaryFolder(), 'csv');
    mkdirSync(folder);
    const file = path.join(folder, 'metrics.csv');
    writeFileSync(file, 'step,loss\n1,3\n2,2\n');
    const { store, importAll } = await record(folder);
    const { experimentId } = await importAll();
    writeFileSync(file, 'step,loss,acc\n1,3,\n');
    expect((await importAll()).reports[0]).toMatchObject({ state: 'shorter', points: 0 });
    writeFileSync(file, 'step,loss,acc\n1,3,\n2,2,\n3,1,0.5\n');
    await importAll();
    const runs = runsOf(store, experimentId);
    expect(Object.keys(runs)).toEqual(['metrics']);
    expect(valuesOf(store, runs.metrics?.id as string, 'loss')).toEqual([3, 2, 1]);
    expect(valuesOf(store, runs.metrics?.id as string, 'acc')).toEqual([0.5]);
    appendFileSync(file, '4,0.5,0.75\n');
    await importAll();
    expect(valuesOf(store, runs.metrics?.id as string, 'loss')).toEqual([3, 2, 1, 0.5]);
  });

  it('is another run where another file has taken the place, and the first one stays', async () => {
    const folder = path.join(temporaryFolder(), 'csv');
    mkdirSync(folder);
    const file = path.join(folder, 'metrics.csv');
    writeFileSync(file, 'step,loss\n1,3\n2,2\n');
    const { store, importAll } = await record(folder);
    const { experimentId } = await importAll();
    writeFileSync(file, 'step,loss\n1,30\n2,20\n3,10\n');
    await importAll();
    await importAll();
    const all = store.runs.ids({ scope: { experimentId } });
    expect(all.map((id) => valuesOf(store, id, 'loss')).sort()).toEqual(
      [
        [3, 2],
        [30, 20, 10],
      ].sort(),
    );
  });

  it('comes in once where two processes read it', async () => {
    const folder = path.join(temporaryFolder(), 'two');
    mkdirSync(folder);
    const file = path.join(folder, 'metrics.csv');
    writeFileSync(file, 'step,loss\n1,3\n');
    const { store, importAll } = await record(folder);
    const { target } = await importAll();
    const before = new Map(target.known);
    appendFileSync(file, '2,2\n');
    await importAll();
    // Another one, which knows the file as it was before.
    const [root] = await importRoots(store, [folder], undefined);
    const late = { ...target, known: before };
    await expect(importFile(late, file, runNames(root as never, file))).rejects.toThrow(/another process/);
    expect(valuesOf(store, [...target.known.values()][0]?.runId as string, 'loss')).toEqual([3, 2]);
  });

  it('has ended where nothing was written for an hour', async () => {
    const folder = path.join(temporaryFolder(), 'quiet');
    mkdirSync(folder);
    const file = path.join(folder, 'metrics.csv');
    writeFileSync(file, 'step,loss\n1,3\n');
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    const { store, importAll } = await record(folder);
    const { target, reports, experimentId } = await importAll();
    finishQuiet(target, reports[0]?.runs ?? [], 1_700_000_000_000 + 3_500_000);
    expect(runsOf(store, experimentId).metrics?.status).toBe('running');
    finishQuiet(target, reports[0]?.runs ?? [], 1_700_000_000_000 + 3_700_000);
    expect(runsOf(store, experimentId).metrics).toMatchObject({
      status: 'finished',
      endedAt: new Date(1_700_000_000_000),
    });
  });

  it('has the runs of a table, once', async () => {
    const folder = path.join(temporaryFolder(), 'neptune');
    cpSync(fixture('neptune-tables', 'runs_part_0.parquet'), path.join(folder, 'runs_part_0.parquet'));
    const { store, importAll } = await record(folder);
    const { experimentId, reports } = await importAll();
    expect(reports).toMatchObject([{ format: 'neptune', points: 12, rest: 0, damage: [] }]);
    expect((await importAll()).reports).toMatchObject([{ state: 'unchanged' }]);
    const runs = runsOf(store, experimentId);
    expect(Object.keys(runs).sort()).toEqual(['name of R-1', 'name of R-2']);
    expect([...store.metrics.read(runs['name of R-1']?.id as string, 'train/loss').steps]).toEqual([
      0, 0.25, 0.5, 0.75, 1, 1.25,
    ]);
  });

  it("has all of MLflow's runs in a folder that MLflow's client reads, once, and how they go on", async () => {
    interface Truth {
      readonly name: string;
      readonly status: string;
      readonly params: Readonly<Record<string, string>>;
      readonly tags: Readonly<Record<string, string>>;
      readonly metrics: Readonly<
        Record<string, readonly (readonly [step: number, value: number | string, time: number])[]>
      >;
    }
    const truths = Object.values(
      JSON.parse(readFileSync(fixture('mlflow-folder.json'), 'utf8')) as Record<string, Truth>,
    );
    const folder = path.join(temporaryFolder(), 'mlruns');
    cpSync(fixture('mlflow-folder'), folder, { recursive: true });
    const { store, importAll } = await record(folder);
    const { experimentId } = await importAll();
    const statuses: Readonly<Record<string, string>> = {
      FINISHED: 'finished',
      KILLED: 'interrupted',
      RUNNING: 'running',
    };
    const runs = runsOf(store, experimentId);
    expect(Object.keys(runs).sort()).toEqual(truths.map(({ name }) => name).sort());
    for (const { name, status, params, tags, metrics } of truths) {
      const run = runs[name];
      expect(run?.status).toBe(statuses[status]);
      expect(Object.fromEntries(run?.params ?? [])).toEqual(params);
      expect(Object.fromEntries(run?.tags ?? [])).toEqual(tags);
      expect(run?.series.map(({ key }) => key).sort()).toEqual(Object.keys(metrics).sort());
      for (const [key, points] of Object.entries(metrics)) {
        const { steps, values, times } = store.metrics.read(run?.id as string, key);
        const real = (value: number | string) =>
          typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity').replace('nan', 'NaN'));
        expect([...steps].map((step, i) => [step, values[i], times[i]])).toEqual(
          points.map(([step, value, time]) => [step, real(value), time]),
        );
      }
    }
    expect(runs.full).toMatchObject({
      notes: '# Notes',
      startedAt: new Date(1_700_000_000_500),
      endedAt: new Date(1_700_000_100_000),
    });
    expect(new Set((await importAll()).reports.map(({ state }) => state))).toEqual(new Set(['unchanged', 'read'])); // meta.yaml of an experiment is of no run
    const metric = filesBelow(folder).find((file) => file.endsWith(path.join('metrics', 'loss'))) as string;
    appendFileSync(metric, '1700000001001 0.5 1\n');
    const meta = path.join(path.dirname(metric), '..', 'meta.yaml');
    writeFileSync(meta, readFileSync(meta, 'utf8').replace('status: 1', 'status: 4'));
    expect((await importAll()).reports.reduce((all, { points }) => all + points, 0)).toBe(1);
    expect(valuesOf(store, runs.running?.id as string, 'loss')).toEqual([1, 0.5]);
    expect(runsOf(store, experimentId).running?.status).toBe('failed');
  });

  it('leaves no file of another folder in the record', async () => {
    const folder = path.join(temporaryFolder(), 'tricks');
    cpSync(fixture('wandb-files', 'plain.wandb'), path.join(folder, 'deep', 'run.wandb'));
    const { store, importAll } = await record(folder);
    const { reports, experimentId } = await importAll();
    expect(reports[0]?.unread.size).toBeGreaterThan(3); // its files are not there
    const [id] = store.runs.ids({ scope: { experimentId } });
    const names = (await store.artifacts.list(id as string)).map(({ name }) => name);
    expect(names).toEqual(['files/inner.weights', 'files/uneven']);
  });
});
