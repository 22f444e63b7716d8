import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growTree } from '../src/features/run/model/value-nodes.ts';
import { SeriesOutline } from '../src/server/record/sparkline.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, startRun, temporaryStore } from './record.ts';

describe('the outline of a series', () => {
  const values = fc.array(fc.double({ noDefaultInfinity: false }), { minLength: 1, maxLength: 400 });

  it('keeps the least and greatest value of each bucket, however the points came', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (series, batch) => {
        const outline = new SeriesOutline();
        for (let at = 0; at < series.length; at += batch) outline.add(Float64Array.from(series.slice(at, at + batch)));
        const { lows, highs, last } = outline.read();
        let width = 1;
        while (width * 32 < series.length) width *= 2;
        const buckets = Array.from({ length: Math.ceil(series.length / width) }, (_, i) =>
          series.slice(i * width, (i + 1) * width).filter((value) => !Number.isNaN(value)),
        );
        const ends = (choose: (...numbers: number[]) => number) =>
          buckets.map((bucket) => (bucket.length === 0 ? Number.NaN : choose(...bucket)));
        // Zeros of either sign are the same to a curve.
        expect(lows.map((low) => low + 0)).toEqual(ends(Math.min).map((low) => low + 0));
        expect(highs.map((high) => high + 0)).toEqual(ends(Math.max).map((high) => high + 0));
        expect(last).toBe(series.at(-1));
        expect(outline.count).toBe(series.length);
      }),
    );
  });
});

describe('sparklines', () => {
  it('are of the accuracy of the latest run that has points, else of its loss, and grow with it', async () => {
    const store = await temporaryStore();
    const caller = createCaller(ownerOf(store));
    const older = await startRun(store, 'a');
    log(store, older.id, 'accuracy', 0, [0.1, 0.5]);
    log(store, older.id, 'loss', 0, [3, 2, 1]);
    await startRun(store, 'a', 2);
    const other = await startRun(store, 'b');
    log(store, other.id, 'loss', 0, [3, Number.NaN]);
    const { id: empty } = await store.experiments.ensure('c', 'spiral');
    const experimentIds = [older.experimentId, other.experimentId, empty];
    expect(await caller.sparklines.list({ experimentIds })).toEqual([
      {
        experimentId: older.experimentId,
        runId: older.id,
        key: 'accuracy',
        lows: [0.1, 0.5],
        highs: [0.1, 0.5],
        last: 0.5,
      },
      {
        ...{ experimentId: other.experimentId, runId: other.id, key: 'loss' },
        ...{ lows: [3, Number.NaN], highs: [3, Number.NaN], last: Number.NaN },
      },
    ]);
    log(store, older.id, 'accuracy', 2, [0.75]);
    expect((await caller.sparklines.list({ experimentIds }))[0]?.lows).toEqual([0.1, 0.5, 0.75]);
  });
});

describe('the log of a run', () => {
  const part = (text: string, step: number) => ({
    name: 'log',
    step,
    mediaType: 'text/plain',
    data: Buffer.from(text),
  });

  it('comes in parts, each once, in the order in which they were written', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'a');
    const caller = createCaller(ownerOf(store));
    const runIds = [run.id];
    expect(await caller.artifacts.log({ runIds })).toEqual({ parts: [], more: false });
    await store.artifacts.put(run.id, part('one\n', 7));
    await store.artifacts.put(run.id, part('two\n', 900));
    const first = await caller.artifacts.log({ runIds });
    expect(first.parts.map(({ text }) => text)).toEqual(['one\n', 'two\n']);
    await store.artifacts.put(run.id, part('three\n', 1000));
    const next = await caller.artifacts.log({ runIds, after: first.parts.at(-1)?.id ?? 0 });
    expect(next.parts.map(({ text }) => text)).toEqual(['three\n']);
  });

  it('of many megabytes comes in several answers, and a part too large to show is named', async () => {
    const store = await temporaryStore();
    const run = await startRun(store, 'a');
    const caller = createCaller(ownerOf(store));
    const texts = ['a'.repeat(600_000), 'b'.repeat(600_000), 'c'.repeat(1_500_000), 'd'];
    for (const [i, text] of texts.entries()) await store.artifacts.put(run.id, part(text, i));
    const seen: (string | null)[] = [];
    let after = 0;
    let answers = 0;
    for (let more = true; more; answers++) {
      const answer = await caller.artifacts.log({ runIds: [run.id], after });
      seen.push(...answer.parts.map(({ text }) => text));
      after = answer.parts.at(-1)?.id ?? after;
      more = answer.more;
    }
    expect(seen).toEqual([texts[0], texts[1], null, 'd']);
    expect(answers).toBe(4);
  });
});

describe('the neighbours of a run', () => {
  it('are the runs made before and after it that are not archived; a guest of its experiment sees them', async () => {
    const store = await temporaryStore();
    const runs = [];
    for (const seed of [1, 2, 3, 4]) runs.push(await startRun(store, 'a', seed));
    await startRun(store, 'b', 5);
    const [one, two, three, four] = runs.map(({ id, name }) => ({ id, name }));
    await store.runs.archive([two?.id ?? '']);
    const of = (id = '') => createCaller(ownerOf(store)).neighbours.of({ runIds: [id] });
    expect(await of(one?.id)).toEqual({ older: null, newer: three });
    expect(await of(three?.id)).toEqual({ older: one, newer: four });
    expect(await of(two?.id)).toEqual({ older: one, newer: three });
    expect(await of(four?.id)).toEqual({ older: three, newer: null });
    await expect(of('nope')).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const { context } = await guestOf(store, runs[0]?.experimentId ?? '');
    expect(await createCaller(context).neighbours.of({ runIds: [one?.id ?? ''] })).toEqual({
      older: null,
      newer: three,
    });
    const { share } = await store.shares.create({ kind: 'run', runIds: [one?.id ?? ''] });
    const alone = createCaller({ store, viewer: { kind: 'share', share, isOpen: async () => true }, timeZone: 'UTC' });
    expect(await alone.neighbours.of({ runIds: [one?.id ?? ''] })).toEqual({ older: null, newer: null });
    await expect(alone.artifacts.list({ runIds: [three?.id ?? ''] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('names of old records', () => {
  it('are cut where they are sent, so that a page is no page of megabytes', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.ensure('n'.repeat(1_000_000), 'spiral');
    await store.experiments.setNotes(experimentId, 'x'.repeat(100_000));
    const caller = createCaller(ownerOf(store));
    const [listed] = (await caller.experiments.list({})).items;
    expect(listed?.name).toBe(`${'n'.repeat(199)}…`);
    expect(JSON.stringify(listed).length).toBeLessThan(2_000);
    expect((await caller.experiments.get({ experimentId })).notes).toHaveLength(100_000);
  });
});

describe('a tree of values', () => {
  const defaults = { epochs: 1000, model: { hidden: [100], name: 'mlp' }, optimizer: { lr: 0.001 } };
  const value = JSON.parse(
    '{"epochs":20,"model":{"hidden":[100],"name":"mlp"},"optimizer":{"lr":0.001,"beta":0.9},"__proto__":{"x":1}}',
  );

  it('marks what differs from the defaults, and counts it in branches', () => {
    const { nodes, leaves, differing } = growTree(value, { defaults, most: 100 });
    expect({ leaves, differing }).toEqual({ leaves: 6, differing: 3 });
    expect(nodes).toMatchObject([
      { key: 'epochs', differs: true, usual: 1000 },
      { key: 'model', differing: 0, children: [{ differs: false }, { differs: false }] },
      {
        key: 'optimizer',
        differing: 1,
        children: [{ differs: false }, { key: 'beta', differs: true, usual: undefined }],
      },
      { key: '__proto__', differing: 1, children: [{ key: 'x', value: 1 }] },
    ]);
  });

  it('is searched by path and value, and says how much it leaves out', () => {
    const paths = (text: string) => JSON.stringify(growTree(value, { defaults, most: 100, text }).nodes);
    expect(paths('optimizer.LR')).toContain('"lr"');
    expect(paths('optimizer.LR')).not.toContain('beta');
    expect(paths('mlp')).toContain('"name"');
    expect(growTree(value, { most: 2 })).toMatchObject({ leaves: 2, leftOut: 4, differing: 0 });
    expect(growTree(value, { defaults, most: 100, onlyDiffering: true }).leaves).toBe(3);
    expect(growTree('text', { most: 1 }).nodes).toEqual([]);
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = { deep };
    expect(() => growTree(deep, { most: 10 })).not.toThrow();
  });
});
