import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore, type Store } from '@whorl/store';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startAt } from '../src/contract/cursor.ts';
import { answerTrpc } from '../src/server/http.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, log, lookOnce, ownerOf, runServer, startRun, temporaryStore } from './record.ts';

beforeEach(() => runServer({}));

/** What every kind of page asks of an experiment. */
async function readPages(store: Store, experimentId: string, runIds: readonly string[]) {
  const owner = createCaller(ownerOf(store));
  const target = { experimentId };
  const chart = { target, key: 'loss', x: 'step' } as const;
  const watch = { selection: { scope: { runIds: [...runIds] } }, keys: ['loss'], frames: true, times: true, ...ALONE };
  return {
    list: (await owner.experiments.list({})).items,
    runs: (await owner.runs.list({ experimentId })).items,
    table: await owner.runs.table({ target, fields: ['name', 'status', 'environment.threads', 'metrics.loss'] }),
    fields: await owner.runs.fields({ target }),
    details: await Promise.all(runIds.map((id) => owner.runs.get({ runIds: [id] }))),
    chart: await owner.curves.chart(chart),
    means: await owner.curves.chart({ ...chart, mean: true, raw: false }),
    outline: await owner.curves.outline({ target, by: null }),
    overview: await owner.comparison.overview({ target }),
    answer: await owner.comparison.answer({ target }),
    accuracies: await owner.comparison.accuracies({ runIds: [...runIds], steps: [1] }),
    best: await owner.experiments.best({ experimentIds: [experimentId] }),
    sparklines: await owner.sparklines.list({ experimentIds: [experimentId] }),
    boundary: await owner.runs.boundary({ runIds: [...runIds] }),
    files: await Promise.all(runIds.map((id) => owner.artifacts.list({ runIds: [id] }))),
    log: await Promise.all(runIds.map((id) => owner.artifacts.log({ runIds: [id] }))),
    shares: await owner.shares.list({ of: { experimentId } }),
    views: await owner.views.list({ experimentId }),
    live: (await lookOnce(store, watch, startAt(0))).event,
  };
}

async function threeRuns(store: Store) {
  const ids: string[] = [];
  for (const seed of [1, 2, 3]) {
    const { id } = await startRun(store, 'mine', seed);
    log(store, id, 'loss', 0, [3, 2, 1]);
    log(store, id, 'accuracy', 0, [0, 0.5, 1]);
    const data = Buffer.from(`started ${seed}\n`);
    await store.artifacts.put(id, { name: 'log', step: 0, mediaType: 'text/plain', data });
    await store.runs.end(id, 'finished', { durationMs: 1 });
    ids.push(id);
  }
  return { ids: ids as [string, string, string], experimentId: (await store.experiments.get('mine')).id };
}

describe('pages of a damaged record', () => {
  it('bug: show all that can be read, and say of the rest what it is', async () => {
    const store = await temporaryStore();
    const { ids, experimentId } = await threeRuns(store);
    const [points, row, whole] = ids;
    execFileSync(process.execPath, [
      fileURLToPath(new URL('../../../packages/store/test/fixtures-sql.mjs', import.meta.url)),
      store.databaseFile,
      `UPDATE MetricChunk SET data = zeroblob(80) WHERE seriesId IN (SELECT id FROM MetricSeries WHERE runId = '${points}' AND key = 'loss')`,
      `UPDATE Run SET config = '{', environment = 'x', status = 'exploded', createdAt = 'now', seed = 'one' WHERE id = '${row}'`,
      `UPDATE Artifact SET meta = '', sha256 = 'gone' WHERE runId = '${row}'`,
      `UPDATE Experiment SET createdAt = 'then' WHERE id = '${experimentId}'`,
    ]);
    const owner = createCaller(ownerOf(store));
    expect(await owner.experiments.get({ experimentId })).toMatchObject({ name: 'mine', damage: ['createdAt'] });

    const pages = await readPages(store, experimentId, ids);
    expect(pages.list).toMatchObject([{ name: 'mine', runs: 3, byStatus: { finished: 2, crashed: 1 } }]);
    expect(pages.runs.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(pages.table.total).toBe(3);
    expect(pages.details).toMatchObject([
      { id: points, error: null, config: { study: 'spiral' } },
      {
        id: row,
        status: 'crashed',
        config: null,
        environment: {},
        error: 'damaged in the record: status, seed, config, environment, createdAt',
      },
      { id: whole, status: 'finished', error: null },
    ]);
    expect(pages.chart.curves.map(({ runId }) => runId).sort()).toEqual([row, whole].sort());
    const said = [`metric loss of run ${points} is damaged: points 0 to 2: their version is 0, not 3`];
    expect([pages.chart.damaged, pages.means.damaged]).toEqual([said, said]);
    expect(pages.means.groups.reduce((sum, { members }) => sum + members, 0)).toBe(2);
    expect(pages.log.map(({ parts }) => parts.map(({ text }) => text))).toEqual([
      ['started 1\n'],
      [expect.stringMatching(new RegExp(`^artifact log of run ${row} is damaged: .* is missing or was changed\n$`))],
      ['started 3\n'],
    ]);
    expect(pages.live.series.map(({ runId }) => runId)).toContain(whole);
    expect(pages.live.runs).toHaveLength(3);
  });
});

const mayMount = (() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'whorl-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** A record on a disk of its own. */
async function recordOnDisk() {
  const disk = mkdtempSync(path.join(tmpdir(), 'whorl-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]);
  const store = await openStore({ home: disk });
  onTestFinished(async () => {
    await store.close();
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true });
  });
  return { disk, store };
}

function fill(disk: string): void {
  try {
    writeFileSync(path.join(disk, 'filler'), Buffer.alloc(32 * 2 ** 20));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

describe.skipIf(!mayMount)('a disk that fills while pages are open (needs the right to mount)', () => {
  it('bug: is named by everything that writes, and pages are read all the same', async () => {
    const { disk, store } = await recordOnDisk();
    const { ids, experimentId } = await threeRuns(store);
    const [runId] = ids;
    const owner = createCaller(ownerOf(store));
    const { share } = await owner.shares.create({ of: { experimentId } });
    const view = await owner.views.save({ experimentId, name: 'one', state: '' });
    const live = await startRun(store, 'mine', 9);
    fill(disk);
    const target = { runIds: ids };
    const long = 'x'.repeat(100_000); // what is short may still find room in the pages that are there
    const writes: Readonly<Record<string, () => Promise<unknown>>> = {
      'runs.rename': () => owner.runs.rename({ runId, name: 'new' }),
      'runs.setNotes': () => owner.runs.setNotes({ runId, notes: long }),
      'runs.setTags': () => owner.runs.setTags({ target, tags: { colour: 'red' } }),
      'runs.archive': () => owner.runs.archive({ target }),
      'runs.restore': () => owner.runs.restore({ target }),
      'runs.stop': () => owner.runs.stop({ target: { runIds: [live.id] } }),
      'experiments.create': () => owner.experiments.create({ name: 'new', study: 'spiral' }),
      'experiments.rename': () => owner.experiments.rename({ experimentId, name: 'new' }),
      'experiments.setNotes': () => owner.experiments.setNotes({ experimentId, notes: long }),
      'experiments.archive': () => owner.experiments.archive({ experimentId }),
      'experiments.restore': () => owner.experiments.restore({ experimentId }),
      'experiments.stop': () => owner.experiments.stop({ experimentId }),
      'shares.create': () => owner.shares.create({ of: { experimentId } }),
      'shares.revoke': () => owner.shares.revoke({ shareId: share.id }),
      'views.save': () => owner.views.save({ experimentId, name: 'two', state: 'y' }),
      'views.remove': () => owner.views.remove({ id: view.id }),
      'runSets.put': () => owner.runSets.put({ target }),
    };
    const answers: Record<string, unknown> = {};
    for (const [name, write] of Object.entries(writes)) {
      answers[name] = await write().then(
        () => 'done',
        (error) => [error.code, error.message],
      );
    }
    const full = [
      'SERVICE_UNAVAILABLE',
      `the disk that holds ${disk}/whorl.db is full; free some space and run the command again`,
    ];
    expect(answers).toEqual(
      Object.fromEntries(Object.keys(writes).map((name) => [name, name === 'runs.restore' ? 'done' : full])),
    );
    const request = new Request('http://127.0.0.1/api/trpc/runs.rename', {
      method: 'POST',
      body: JSON.stringify({ json: { runId, name: 'new' } }),
      headers: { 'content-type': 'application/json' },
    });
    const refused = await answerTrpc(request, '/api/trpc', ownerOf(store));
    expect([refused.status, (await refused.json()).error.json.data.said], 'in every language').toEqual([
      503,
      { en: full[1], zh: `${disk}/whorl.db 所在的磁盘已满；请腾出空间后重新运行命令` },
    ]);
    const pages = await readPages(store, experimentId, ids);
    expect(pages.runs).toHaveLength(4);
    expect(pages.chart.curves).toHaveLength(3);
    rmSync(path.join(disk, 'filler'));
    await owner.runs.rename({ runId, name: 'new' });
    expect((await owner.runs.get({ runIds: [runId] })).name).toBe('new');
  });
});
