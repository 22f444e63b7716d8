import { describe, expect, it } from 'vitest';
import { askedIds } from '../src/contract/asked-ids.ts';
import { type LiveEvent, NO_NEWS } from '../src/contract/live.ts';
import { lossParts } from '../src/features/deletion/model/loss-parts.ts';
import { changesOf } from '../src/live/changes.ts';
import type { ChartData } from '../src/live/chart-data.ts';
import { answerArtifact } from '../src/server/http.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

const LOSS = {
  ...{ experiments: 1, runs: 3, live: 0, points: 30, files: 2, bytes: 10, models: 0, views: 0 },
  ...{ shares: 0, narrowedShares: 1, sign: 'x' },
};

/** An experiment with a run that has ended and one that trains. */
async function recorded() {
  const store = await temporaryStore();
  const [ended, training] = [await startRun(store, 'mine', 1), await startRun(store, 'mine', 2)];
  log(store, ended.id, 'loss', 0, [3, 2, 1]);
  await store.artifacts.put(ended.id, { name: 'a', mediaType: 'text/plain', data: Buffer.from('bytes') });
  await store.runs.end(ended.id, 'finished', { durationMs: 1 });
  return { store, caller: createCaller(ownerOf(store)), ended, training, experimentId: ended.experimentId };
}

describe('deleting on a page', () => {
  it('deletes what was shown; what trains is refused, and so is what has changed', async () => {
    const { store, caller, ended, training, experimentId } = await recorded();
    const [whole, one] = [{ experimentId }, { target: { runIds: [ended.id] } }];
    const all = await caller.deletions.preview({ of: whole });
    expect(all).toMatchObject({ experiments: 1, runs: 2, live: 1, points: 3, files: 1, bytes: 5 });
    await expect(caller.deletions.delete({ of: whole, sign: all.sign })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`run ${training.id} has not ended: stop it first`),
    });
    const { sign } = await caller.deletions.preview({ of: one });
    await expect(caller.deletions.delete({ of: one, sign: 'other' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await caller.deletions.delete({ of: one, sign })).toMatchObject({ runs: 1 });
    await expect(caller.runs.get({ runIds: [ended.id] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await store.experiments.get('mine')).runs).toBe(1);
  });

  it('deletes what has been archived for some days, and single files', async () => {
    const { store, caller, ended, training } = await recorded();
    expect(await caller.deletions.files({ runId: ended.id, names: ['a'] })).toEqual({ files: 1 });
    expect(await caller.artifacts.list({ runIds: [ended.id] })).toEqual([]);
    await store.runs.archive([ended.id, training.id]);
    expect(await caller.deletions.preview({ of: { archivedDays: 1 } })).toMatchObject({ runs: 0 });
    expect(await caller.deletions.preview({ of: { archivedDays: 0 } })).toMatchObject({ runs: 1, live: 0 });
  });

  it('has links answer that nothing is there: the run, its files, what a guest was shown', async () => {
    const { store, caller, ended, training, experimentId } = await recorded();
    const { token, context } = await guestOf(store, experimentId);
    const [file] = await caller.artifacts.list({ runIds: [ended.id] });
    const fetched = (of: typeof context) =>
      answerArtifact(new Request('http://host/'), of, { runId: ended.id, id: String(file?.id) });
    expect((await fetched(context)).status).toBe(200);
    await store.runs.end(training.id, 'finished', { durationMs: 1 });
    const { sign } = await caller.deletions.preview({ of: { experimentId } });
    await caller.deletions.delete({ of: { experimentId }, sign });
    expect(await store.shares.resolve(token)).toBeNull();
    for (const of of [context, ownerOf(store)]) {
      const answer = await fetched(of);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('or what it led to was deleted');
    }
    await expect(caller.experiments.get({ experimentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(store.deletions.find(experimentId)).toMatchObject({ kind: 'experiment' });
  });
});

describe('what goes', () => {
  it('names what people look for even where there is none of it', () => {
    expect(lossParts(LOSS).map(({ kind }) => kind)).toEqual(['runs', 'points', 'files', 'shares', 'narrowedShares']);
    expect(lossParts({ ...LOSS, experiments: 2, views: 1 }).map(({ kind }) => kind)).toContain('experiments');
  });

  it('is found in the address of a page', () => {
    expect(askedIds('/runs/abc')).toEqual(['abc']);
    expect(askedIds('/experiments/abc?q=runs')).toEqual(['abc']);
    expect(askedIds('/compare?runs=a,b%2Cc&runs=a')).toEqual(['a', 'b', 'c']);
    expect(askedIds('/compare?experiment=e&q=x')).toEqual(['e']);
    for (const address of ['/', '/concepts/spiral', '/runs/UPPER', '/runs/', '/runs/a/b', '//x']) {
      expect(askedIds(address)).toEqual([]);
    }
  });
});

describe('news of a deletion', () => {
  const asked = {
    ...{ key: 'loss', x: 'step' as const, range: null, buckets: 10, smoothing: 0, by: [], raw: true, mean: false },
  };

  it('have everything that is about it fetched again, and take its curves from charts at once', () => {
    const runs = [{ runId: 'r1' }, { runId: 'r2' }] as unknown as ChartData['runs'];
    const chart: ChartData = {
      asked,
      x: 'step',
      isPlaced: false,
      extent: null,
      runs,
      groups: [],
      damaged: [],
      stale: [],
    };
    const target = { runIds: ['r1', 'r2'] };
    const answers = [
      { path: 'runs.get', input: { runIds: ['r1'] }, data: undefined },
      { path: 'runs.get', input: { runIds: ['r3'] }, data: undefined },
      { path: 'runs.table', input: { target: { experimentId: 'e' } }, data: undefined },
      { path: 'runs.table', input: { target: { experimentId: 'other' } }, data: undefined },
      { path: 'comparison.overview', input: { target: { runSet: 's' } }, data: undefined },
      { path: 'views.list', input: { experimentId: 'e' }, data: undefined },
      { path: 'curves.chart', input: { target, ...asked }, data: chart },
    ];
    const event: LiveEvent = { ...NO_NEWS, gone: [{ id: 'r1', experimentId: 'e' }] };
    const changes = changesOf(event, answers, { series: [], params: new Map() });
    expect(changes.map(({ of }) => answers.indexOf(of))).toEqual([0, 2, 4, 5, 6]);
    expect(changes.every(({ againMs }) => againMs === 0)).toBe(true);
    expect((changes.at(-1)?.data as ChartData | undefined)?.runs.map(({ runId }) => runId)).toEqual(['r2']);
  });
});
