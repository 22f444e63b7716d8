import { describe, expect, it } from 'vitest';
import { readCursor, startAt, writeCursor } from '../src/contract/cursor.ts';
import { readMarked } from '../src/server/live/marks.ts';
import { log, startRun, temporaryStore } from './record.ts';

const NOTHING = { list: false, experiments: [], files: [], selection: null, texts: 'whole' } as const;

/** Looks again and again, each time from where the look before was, as an event's id says it. */
async function looking(marked: Partial<Parameters<typeof readMarked>[1]>) {
  const store = await temporaryStore();
  const run = await startRun(store, 'mine');
  let cursor = startAt(Date.now() + 60_000);
  const look = async () => {
    const { news, marks } = await readMarked(store, { ...NOTHING, ...marked }, cursor, 0);
    const id = writeCursor({ ...cursor, marks }, 'here');
    cursor = readCursor(id) ?? startAt(0);
    expect(cursor.marks).toEqual(marks);
    return news;
  };
  return { store, run, look };
}

describe('what is followed as a whole', () => {
  it('a list: a new run, points of one that trains, its end, a name', async () => {
    const { store, run, look } = await looking({ list: true });
    await look();
    expect((await look()).list).toBeNull();
    log(store, run.id, 'loss', 0, [1]);
    expect((await look()).list).toEqual({ rows: false, runs: false, logged: true });
    await store.runs.end(run.id, 'finished', { durationMs: 1 });
    expect((await look()).list).toMatchObject({ rows: true, runs: true });
    await store.experiments.rename(run.experimentId, 'other');
    expect((await look()).list).toEqual({ rows: true, runs: false, logged: false });
    await store.runs.archive([run.id]);
    expect((await look()).list).toMatchObject({ rows: true, runs: true });
    expect((await look()).list).toBeNull();
  });

  it('an experiment: at the beginning as it is, and then when it is other', async () => {
    const { store, run, look } = await looking({});
    const { experimentId } = run;
    const one = { ...NOTHING, experiments: [experimentId] };
    const from = (since: number) => readMarked(store, one, startAt(since), 0);
    expect((await from(0)).news.experiments, 'it changed since the page was read').toMatchObject([{ isNews: true }]);
    const { news, marks } = await from(Date.now() + 60_000);
    expect(news.experiments).toMatchObject([{ experiment: { id: experimentId }, isNews: false }]);
    const later = () => readMarked(store, one, { ...startAt(0), marks }, 0);
    expect((await later()).news).toEqual({
      startOver: false,
      list: null,
      experiments: [],
      logged: [],
      files: [],
      gone: [],
    });
    log(store, run.id, 'loss', 0, [1]);
    expect((await later()).news).toMatchObject({ experiments: [], logged: [experimentId] });
    await store.runs.end(run.id, 'finished', { durationMs: 1 });
    expect((await later()).news.experiments).toMatchObject([
      { experiment: { byStatus: { finished: 1 } }, isNews: true },
    ]);
    expect((await look()).experiments, 'that nobody follows').toEqual([]);
  });

  it('files: each new one, and one that is written anew', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'mine');
    let marks = startAt(0).marks;
    const look = async () => {
      const seen = await readMarked(store, { ...NOTHING, files: [run.id] }, { ...startAt(0), marks }, 0);
      marks = seen.marks;
      return seen.news.files;
    };
    const put = (name: string, text: string) =>
      store.artifacts.put(run.id, { name, step: 0, mediaType: 'text/plain', data: Buffer.from(text) });
    expect(await look()).toEqual([{ runId: run.id, last: 0, log: 0, bytes: 0 }]);
    await put('log', 'one');
    const [first] = await look();
    expect(first).toMatchObject({ bytes: 3, log: first?.last });
    await put('model', 'two');
    expect(await look()).toMatchObject([{ bytes: 6, log: first?.log }]);
    await put('model', 'three');
    expect(await look()).toMatchObject([{ bytes: 8 }]);
    expect(await look()).toEqual([]);
  });

  it('deletions: of what is followed, each once; of very many the page reads everything again', async () => {
    const { store, run, look } = await looking({});
    const { experimentId } = run;
    await store.runs.end(run.id, 'finished', { durationMs: 1 });
    const remove = (target: Parameters<typeof store.deletions.preview>[0]) =>
      store.deletions.delete(target, store.deletions.preview(target).sign);
    const scopes = [{ scope: { experimentId } }, { scope: { runIds: [run.id] } }, { scope: { runIds: ['another'] } }];
    const [ofExperiment, ofRun, ofOther] = scopes.map((selection) => ({ ...NOTHING, selection }));
    const guest = { ...NOTHING, experiments: [experimentId], texts: 'without paths' } as const;
    const early = startAt(Date.now() - 1_000);
    await look();
    const { marks } = await readMarked(store, { ...NOTHING, selection: scopes[0] as never }, early, 0);
    await remove({ runIds: [run.id] });
    const gone = async (marked: typeof NOTHING | object, cursor = early) =>
      (await readMarked(store, marked as typeof NOTHING, cursor, 0)).news.gone;
    const told = [{ id: run.id, experimentId }];
    expect(await gone(ofExperiment as object)).toEqual(told);
    expect(await gone(ofExperiment as object, { ...early, marks })).toEqual(told);
    expect(await gone(ofRun as object)).toEqual(told);
    expect(await gone({ ...NOTHING, files: [run.id] })).toEqual(told);
    expect(await gone(ofOther as object)).toEqual([]);
    expect(await gone(NOTHING)).toEqual([]);
    expect(await gone(guest), 'not which run it was').toEqual([{ id: experimentId, experimentId }]);
    expect(await gone(ofRun as object, startAt(Date.now() + 60_000))).toEqual([]);

    const started = await startRun(store, 'mine', 2);
    const at = new Date(0);
    const { config } = started;
    if (!config) throw new Error('expected a config');
    const many = await store.runs.insertMany(
      Array.from({ length: 501 }, () => ({
        ...{ experimentId, name: 'a', config, status: 'finished' as const, engine: 'cpu', mode: 'eager' },
        ...{ environment: {}, command: '', createdAt: at, startedAt: at, endedAt: at, durationMs: 1, metrics: {} },
      })),
    );
    await remove({ runIds: many });
    const { news } = await readMarked(store, ofExperiment as never, early, 0);
    expect(news).toMatchObject({ startOver: true, gone: [] });
    await store.runs.end(started.id, 'finished', { durationMs: 1 });
    await remove({ experimentIds: [experimentId] });
    expect(await gone({ ...NOTHING, experiments: [experimentId] }, { ...early, marks })).toEqual([]);
  });
});
