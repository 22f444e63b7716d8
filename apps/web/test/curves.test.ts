import { trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { unpackColumn } from '../src/contract/columns.ts';
import { stepsPerEpoch } from '../src/server/curves/epochs.ts';
import { createCaller } from '../src/server/router.ts';
import { guestOf, ownerOf, startRun, temporaryStore } from './record.ts';

const NAN = Number.NaN;
const START = Date.UTC(2026, 0, 1);

interface Recorded {
  readonly activation: string;
  readonly seed: number;
  readonly loss: readonly (readonly [step: number, value: number])[];
  /** ms between steps */
  readonly pace?: number;
  readonly perEpoch?: number;
  /** Of a file that its seed splits. */
  readonly holdout?: number;
}

/** An experiment of finished runs. */
async function record(store: Store, name: string, runs: readonly Recorded[]): Promise<string> {
  const { id: experimentId } = await store.experiments.ensure(name, 'spiral');
  const { defaults } = trainingStudy('spiral');
  await store.runs.insertMany(
    runs.map(({ activation, seed, loss, pace = 1000, perEpoch, holdout }) => ({
      experimentId,
      name: `${activation} ${seed}`,
      config: {
        ...defaults,
        seed,
        model: { ...defaults.model, activation },
        ...(holdout === undefined ? {} : { data: { name: 'csv', path: 'a.csv', sha256: '0'.repeat(64), holdout } }),
      } as typeof defaults,
      status: 'finished' as const,
      engine: 'cpu',
      mode: 'eager',
      environment: perEpoch === undefined ? {} : { stepsPerEpoch: perEpoch },
      command: 'npx whorl run spiral',
      createdAt: new Date(START),
      startedAt: new Date(START),
      endedAt: new Date(START),
      durationMs: 1,
      metrics: {
        loss: {
          steps: Float64Array.from(loss, ([step]) => step),
          values: Float64Array.from(loss, ([, value]) => value),
          times: Float64Array.from(loss, ([step]) => START + pace * step),
        },
      },
    })),
  );
  return experimentId;
}

const line = (n: number, of: (step: number) => number) =>
  Array.from({ length: n }, (_, step) => [step, of(step)] as const);
const by = ['model.activation'];

async function groupsOf(store: Store, experimentId: string, more: object = {}) {
  const caller = createCaller(ownerOf(store));
  const answer = await caller.curves.chart({
    target: { experimentId },
    key: 'loss',
    x: 'step',
    by,
    raw: false,
    mean: true,
    ...more,
  });
  return answer.groups.map(({ levels, members, per, x, mean, half, n, nonFinite, set, smooth }) => ({
    levels,
    members,
    set: [...unpackColumn(set)],
    xs: [...unpackColumn(x)].map((value) => value / per),
    mean: [...unpackColumn(mean)],
    half: [...unpackColumn(half)],
    n: [...unpackColumn(n)],
    nonFinite: [...unpackColumn(nonFinite)],
    smooth: [...unpackColumn(smooth)],
  }));
}

describe('curves of runs', () => {
  it('bug: the band of a group is over its seeds, however many runs each has', async () => {
    const store = await temporaryStore();
    const runs = [
      [1, 0],
      [2, 6],
      [1, 4], // in the order of their training, seeds alternate
    ] as const;
    const experimentId = await record(
      store,
      'several',
      runs.map(([seed, value]) => ({ activation: 'relu', seed, loss: [[0, value]] })),
    );
    const answer = await createCaller(ownerOf(store)).curves.chart({
      ...{ target: { experimentId }, key: 'loss', x: 'step', by, raw: false, mean: true },
    });
    const [group] = answer.groups;
    const of = (column: string | undefined) => [...unpackColumn(column ?? '')];
    expect([of(group?.n), of(group?.seeds), of(group?.mean)]).toEqual([[3], [2], [4]]);
    // Of 2 and 6: the standard error is 2, and Student's t on one degree of freedom is 12.7062 (tables).
    expect(of(group?.half)[0]).toBeCloseTo(2 * 12.7062, 3);
  });

  it('bug: of splits of one file have the band of a comparison, and not that of independent seeds', async () => {
    const store = await temporaryStore();
    const halfOf = async (name: string, holdout?: number) => {
      const more = holdout === undefined ? {} : { holdout };
      const runs = [0, 2].map((value, i) => ({
        activation: 'relu',
        seed: i + 1,
        loss: [[0, value]] as const,
        ...more,
      }));
      const answer = await createCaller(ownerOf(store)).curves.chart({
        ...{
          target: { experimentId: await record(store, name, runs) },
          key: 'loss',
          x: 'step',
          by,
          raw: false,
          mean: true,
        },
      });
      return unpackColumn(answer.groups[0]?.half ?? '')[0];
    };
    expect(await halfOf('own data')).toBeCloseTo(12.7062, 3);
    expect(await halfOf('splits', 0.2)).toBeCloseTo(12.7062 * Math.sqrt((1 / 2 + 0.2 / 0.8) * 2), 3);
  });

  it('of a long run draw by its ends, extremes and what is not finite; zoomed in, every recorded point is there', async () => {
    const store = await temporaryStore();
    const values = line(30_000, (step) => (step === 12_345 ? 99 : step === 20_000 ? NAN : Math.sin(step)));
    const experimentId = await record(store, 'long', [{ activation: 'relu', seed: 1, loss: values }]);
    const caller = createCaller(ownerOf(store));
    const ask = { target: { experimentId }, key: 'loss', x: 'step', buckets: 500 } as const;
    const { curves, extent } = await caller.curves.chart(ask);
    const [steps, shown] = [unpackColumn(curves[0]?.x ?? ''), [...unpackColumn(curves[0]?.values ?? '')]];
    expect(extent).toEqual([0, 29_999]);
    expect(curves[0]).toMatchObject({ next: 30_000, inView: 30_000 });
    expect(shown.length).toBeLessThan(2600);
    expect([steps[0], steps.at(-1), shown[0]]).toEqual([0, 29_999, 0]);
    expect(shown).toContain(99);
    expect(steps).toContain(20_000);

    const near = await caller.curves.chart({ ...ask, range: [12_300, 12_400] });
    // With its neighbours, so that the line leaves the picture.
    expect([...unpackColumn(near.curves[0]?.x ?? '')]).toEqual(Array.from({ length: 103 }, (_, i) => 12_299 + i));
    expect(near.curves[0]?.inView).toBe(101);
    expect(near.extent).toEqual([0, 29_999]);
  });

  it('a resumed run has each step once, the last recorded', async () => {
    const store = await temporaryStore();
    const loss = [
      [0, 3],
      [1, 2],
      [2, 9],
      [1, 1.5],
      [2, 1],
      [3, 0.5],
    ] as const;
    const experimentId = await record(store, 'resumed', [{ activation: 'relu', seed: 1, loss }]);
    const { curves } = await createCaller(ownerOf(store)).curves.chart({
      target: { experimentId },
      key: 'loss',
      x: 'step',
    });
    expect([...unpackColumn(curves[0]?.x ?? '')]).toEqual([0, 1, 2, 3]);
    expect([...unpackColumn(curves[0]?.values ?? '')]).toEqual([3, 1.5, 1, 0.5]);
    expect(curves[0]?.next).toBe(6);
  });

  it('are over seconds since the start, and over epochs where every run says how long its are', async () => {
    const store = await temporaryStore();
    const loss = line(8, (step) => step);
    const experimentId = await record(store, 'axes', [{ activation: 'relu', seed: 1, loss, pace: 500, perEpoch: 4 }]);
    const caller = createCaller(ownerOf(store));
    const places = async (target: { experimentId: string }, x: 'time' | 'epoch') => {
      const answer = await caller.curves.chart({ target, key: 'loss', x });
      const [curve] = answer.curves;
      return { x: answer.x, places: [...unpackColumn(curve?.x ?? '')].map((value) => value / (curve?.per ?? 1)) };
    };
    expect(await places({ experimentId }, 'time')).toEqual({ x: 'time', places: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5] });
    expect(await places({ experimentId }, 'epoch')).toEqual({
      x: 'epoch',
      places: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75],
    });
    const silent = await record(store, 'silent', [{ activation: 'relu', seed: 1, loss }]);
    expect((await places({ experimentId: silent }, 'epoch')).x).toBe('step');
  });

  it('smoothing goes over all recorded points, whatever is in view', async () => {
    const store = await temporaryStore();
    const experimentId = await record(store, 'smooth', [{ activation: 'relu', seed: 1, loss: line(400, Math.cos) }]);
    const caller = createCaller(ownerOf(store));
    const ask = { target: { experimentId }, key: 'loss', x: 'step', smoothing: 0.9 } as const;
    const all = (await caller.curves.chart(ask)).curves[0];
    const part = (await caller.curves.chart({ ...ask, range: [300, 310] })).curves[0];
    expect([...unpackColumn(part?.smooth ?? '')]).toEqual([...unpackColumn(all?.smooth ?? '')].slice(299, 312));
    expect([...unpackColumn(part?.values ?? '')]).toEqual(Array.from({ length: 13 }, (_, i) => Math.cos(299 + i)));
  });

  it('tell how long an epoch is only where it is known', () => {
    const finished = { noted: null, status: 'finished', epochs: 50, lastStep: 499 };
    expect(stepsPerEpoch(finished)).toBe(10);
    expect(stepsPerEpoch({ ...finished, noted: 4 })).toBe(4);
    expect(stepsPerEpoch({ ...finished, status: 'interrupted' })).toBeNull();
    expect(stepsPerEpoch({ ...finished, lastStep: 480 })).toBeNull();
    expect(stepsPerEpoch({ ...finished, lastStep: null })).toBeNull();
  });
});

describe('curves of groups', () => {
  it('are means over the runs that are there, with interval, n and what is not finite', async () => {
    const store = await temporaryStore();
    const experimentId = await record(store, 'groups', [
      { activation: 'relu', seed: 1, loss: line(4, (step) => step) },
      { activation: 'relu', seed: 2, loss: line(2, (step) => step + 2) },
      { activation: 'tanh', seed: 1, loss: line(3, (step) => (step === 1 ? NAN : 7)) },
    ]);
    const [relu, tanh] = await groupsOf(store, experimentId);
    expect(relu).toMatchObject({ levels: ['relu'], xs: [0, 1, 2, 3], mean: [1, 2, 2, 3], n: [2, 2, 1, 1] });
    expect(relu?.half[0]).toBeCloseTo(12.7062, 3); // t on one degree of freedom, standard error 1
    expect(relu?.half.slice(2)).toEqual([NAN, NAN]);
    expect(tanh).toMatchObject({ levels: ['tanh'], mean: [7, NAN, 7], n: [1, 0, 1], nonFinite: [0, 1, 0] });
  });

  it('bug: say where shorter runs end, however few points are drawn, so that the mean is no one line (5.25 to 9.40)', async () => {
    const store = await temporaryStore();
    const experimentId = await record(store, 'shorter', [
      ...[1, 2, 3].map((seed) => ({ activation: 'relu', seed, loss: line(301, () => 1 + seed) })),
      ...[4, 5].map((seed) => ({ activation: 'relu', seed, loss: line(3000, () => 9 + seed / 10) })),
      { activation: 'relu', seed: 6, loss: [] },
    ]);
    const [group] = await groupsOf(store, experimentId, { buckets: 8 });
    const last = group?.xs.indexOf(300) ?? -1;
    expect(group?.members, 'a run without a point is of no mean').toBe(5);
    expect(group?.xs[last + 1]).toBe(301);
    expect(group?.n.slice(last, last + 2)).toEqual([5, 2]);
    expect(group?.set[last]).not.toBe(group?.set[last + 1]);
    expect(group?.mean.slice(last, last + 2)).toEqual([expect.closeTo(5.58, 9), expect.closeTo(9.45, 9)]);
  });

  it('bug: have every recorded step in a file (a mean of 1,000 steps had 250)', async () => {
    const store = await temporaryStore();
    const experimentId = await record(
      store,
      'file',
      [1, 2].map((seed) => ({ activation: 'relu', seed, loss: line(1000, (step) => Math.sin(step * seed)) })),
    );
    expect((await groupsOf(store, experimentId))[0]?.xs.length).toBeLessThan(1000);
    const [group] = await groupsOf(store, experimentId, { every: true });
    expect(group?.xs).toEqual(Array.from({ length: 1000 }, (_, step) => step));
    const target = { experimentId };
    const caller = createCaller(ownerOf(store));
    const asked = { target, key: 'loss', x: 'step', by, raw: true, mean: true, buckets: 8 } as const;
    expect(await caller.curves.chart(asked)).toMatchObject({ isThinned: true });
    const whole = await caller.curves.chart({ ...asked, every: true });
    expect([whole.isThinned, whole.curves.map(({ x }) => unpackColumn(x).length)]).toEqual([false, [1000, 1000]]);
  });

  it('bug: of runs that log at other steps are over the steps that all have, zoomed in as well', async () => {
    const store = await temporaryStore();
    const every = (steps: number, value: number) => line(121, () => value).filter(([step]) => step % steps === 0);
    const experimentId = await record(store, 'seldom', [
      { activation: 'relu', seed: 1, loss: every(10, 1) },
      { activation: 'relu', seed: 2, loss: every(15, 3) },
      { activation: 'tanh', seed: 1, loss: every(2, 1) },
      { activation: 'tanh', seed: 2, loss: line(121, () => 3).filter(([step]) => step % 2 === 1) },
    ]);
    const [relu, tanh] = await groupsOf(store, experimentId);
    expect(relu).toMatchObject({ xs: [0, 30, 60, 90, 120], mean: [2, 2, 2, 2, 2], n: [2, 2, 2, 2, 2] });
    expect(
      tanh?.n.every((n) => n === 1),
      'without a step in common each stands alone',
    ).toBe(true);
    const [zoomed] = await groupsOf(store, experimentId, { range: [31, 44] });
    expect(zoomed).toMatchObject({ xs: [30, 60], n: [2, 2] });
  });

  it('do not depend on what other groups there are: the same numbers to the last bit', async () => {
    const store = await temporaryStore();
    const relu = [1, 2, 3].map((seed) => ({
      activation: 'relu',
      seed,
      perEpoch: 5,
      loss: line(3000, (step) => Math.sin(step * seed) / 3),
    }));
    const tanh = [1, 2].map((seed) => ({
      activation: 'tanh',
      seed,
      pace: 7,
      perEpoch: 3,
      loss: line(7000, (step) => step * 1e9),
    }));
    const experimentId = await record(store, 'together', [...tanh, ...relu]);
    const alone = { experimentId, query: 'model.activation = "relu"' };
    for (const x of ['step', 'epoch', 'time'] as const) {
      for (const more of [{ x }, { x, range: [100, 200] }, { x, smoothing: 0.8 }]) {
        const all = await groupsOf(store, experimentId, more);
        const expected = await groupsOf(store, experimentId, { ...more, target: alone });
        expect(all[0]).toEqual(expected[0]);
        expect(await groupsOf(store, experimentId, { ...more, only: ['["relu"]'] })).toEqual(expected);
        expect([all.length, expected.length]).toEqual([2, 1]);
      }
    }
  });

  it('over time are means of what was last recorded', async () => {
    const store = await temporaryStore();
    const experimentId = await record(store, 'time', [
      { activation: 'relu', seed: 1, loss: line(5, (step) => step), pace: 1000 },
      { activation: 'relu', seed: 2, loss: line(3, (step) => 10 * step), pace: 2000 },
    ]);
    const [group] = await groupsOf(store, experimentId, { x: 'time', buckets: 8 });
    const at = (second: number) => group?.mean[group.xs.indexOf(second)];
    expect([at(0), at(1), at(2), at(3), at(4)]).toEqual([0, 0.5, 6, 6.5, 12]);
    expect(at(1.5)).toBe(0.5);
    expect(new Set(group?.n)).toEqual(new Set([2]));
  });

  it('smooth each run and average that', async () => {
    const store = await temporaryStore();
    const experimentId = await record(store, 'smooth', [
      { activation: 'relu', seed: 1, loss: line(3, (step) => [4, 8, 0][step] as number) },
      { activation: 'relu', seed: 2, loss: line(3, () => 2) },
    ]);
    const [group] = await groupsOf(store, experimentId, { smoothing: 0.5 });
    const smooth = [4, (0.5 * 2 + 4) / 0.75, (0.25 * 2 + 0.5 * 4) / 0.875].map((value) => (value + 2) / 2);
    expect(group?.mean).toEqual([3, 5, 1]);
    for (const [i, value] of smooth.entries()) expect(group?.smooth[i]).toBeCloseTo(value, 12);
  });
});

describe('who may see curves', () => {
  it('of thousands of runs that all differ are grouped by what has few levels; the rest can be asked for', async () => {
    // Bug: 10,000 runs of a random search were 10,000 groups, and their outline took the server most of a second.
    const store = await temporaryStore();
    const { defaults } = trainingStudy('spiral');
    const { id: experimentId } = await store.experiments.ensure('random search', 'spiral');
    await store.runs.insertMany(
      Array.from({ length: 1200 }, (_, i) => ({
        experimentId,
        name: `${i}`,
        config: defaults,
        params: { seed: 1, 'model.activation': i % 2 === 0 ? 'relu' : 'tanh', 'optimizer.lr': (i + 1) / 1e4 },
        status: 'finished' as const,
        engine: 'cpu',
        mode: 'eager',
        environment: {},
        command: 'npx whorl run spiral',
        createdAt: new Date(START),
        startedAt: null,
        endedAt: null,
        durationMs: null,
        metrics: {},
      })),
    );
    const caller = createCaller(ownerOf(store));
    const outline = await caller.curves.outline({ target: { experimentId }, by: null });
    expect(outline).toMatchObject({
      runs: 1200,
      by: ['model.activation'],
      groups: [
        { levels: ['relu'], runs: 600 },
        { levels: ['tanh'], runs: 600 },
      ],
    });
    expect([...outline.factors].sort()).toEqual(['model.activation', 'optimizer.lr']);
    const asked = await caller.curves.outline({ target: { experimentId }, by: ['optimizer.lr'] });
    expect(asked.groups).toHaveLength(1200);
  });

  it('bug: runs that differ in more params than can be grouped by had no curves', async () => {
    const store = await temporaryStore();
    const { id: experimentId } = await store.experiments.create('of a program', null);
    for (const value of ['1', '2']) {
      const params = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, value]));
      const begun = { experimentId, source: 'client' as const, startedAt: new Date(START), tags: {}, environment: {} };
      const id = store.logged.start({ ...begun, name: value, params });
      const column = Float64Array.of(0, 1);
      store.logged.log(id, { series: [{ key: 'loss', steps: column, values: column, times: column }] });
    }
    const caller = createCaller(ownerOf(store));
    const target = { experimentId };
    const { by, factors, groups } = await caller.curves.outline({ target, by: null });
    expect([by.length, factors.length, groups.length]).toEqual([16, 40, 2]);
    expect((await caller.curves.chart({ key: 'loss', x: 'step', target, by })).curves).toHaveLength(2);
  });

  it('the outline has the metrics, the factors and the groups', async () => {
    const store = await temporaryStore();
    const loss = line(3, () => 1);
    const experimentId = await record(store, 'outline', [
      { activation: 'relu', seed: 1, loss },
      { activation: 'relu', seed: 2, loss },
      { activation: 'tanh', seed: 1, loss },
    ]);
    const caller = createCaller(ownerOf(store));
    expect(await caller.curves.outline({ target: { experimentId }, by: null })).toMatchObject({
      runs: 3,
      live: 0,
      metrics: ['loss'],
      factors: by,
      by,
      groups: [
        { levels: ['relu'], runs: 2 },
        { levels: ['tanh'], runs: 1 },
      ],
    });
    const query = 'model.activation = "relu"';
    expect(await caller.curves.outline({ target: { experimentId, query }, by: null, seeds: true })).toMatchObject({
      runs: 2,
      by: ['seed'],
    });
    expect((await caller.curves.outline({ target: { experimentId }, by: ['nothing'] })).groups).toEqual([
      { levels: [null], runs: 3 },
    ]);
  });

  it('a guest sees what is shared, and not by which machine', async () => {
    const store = await temporaryStore();
    const [shared, secret] = [await startRun(store, 'shared'), await startRun(store, 'secret', 2)];
    const { context } = await guestOf(store, shared.experimentId);
    const guest = createCaller(context);
    const ask = { key: 'loss', x: 'step' as const, by: [] };
    const target = { experimentId: shared.experimentId };
    expect((await guest.curves.outline({ target, by: null })).runs).toBe(1);
    const notFound = { code: 'NOT_FOUND' };
    for (const hidden of [{ experimentId: secret.experimentId }, { runIds: [secret.id] }]) {
      await expect(guest.curves.chart({ ...ask, target: hidden })).rejects.toMatchObject(notFound);
      await expect(guest.curves.outline({ target: hidden, by: null })).rejects.toMatchObject(notFound);
    }
    await expect(guest.curves.outline({ target, by: ['environment.host'] })).rejects.toMatchObject(notFound);
  });

  it('bad questions are told so', async () => {
    const caller = createCaller(ownerOf(await temporaryStore()));
    const target = { runIds: [] };
    for (const bad of [
      { range: [2, 1] },
      { range: [0, 5e-324] },
      { range: [-1e308, 1e308] },
      { smoothing: 2 },
      { by: ['model..x'] },
      { buckets: 1e9 },
    ]) {
      const ask = { target, key: 'loss', x: 'step', by: [], ...bad } as never;
      await expect(caller.curves.chart(ask), JSON.stringify(bad)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
  });
});
