import { describe, expect, it } from 'vitest';
import { readCursor, startAt, writeCursor } from '../src/contract/cursor.ts';
import { readMarked } from '../src/server/live/marks.ts';
import { log, startRun, temporaryStore } from './record.ts';

const NOTHING = { list: false, experiments: [], files: [], texts: 'whole' } as const;

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
    expect((await later()).news).toEqual({ list: null, experiments: [], logged: [], files: [] });
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
});
