import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { lineNumbers } from '../src/charts/line-numbers.ts';
import { unpackColumn } from '../src/contract/columns.ts';
import { chartOf, grown } from '../src/live/chart-data.ts';
import { createCaller } from '../src/server/router.ts';
import { log, ownerOf, startRun, temporaryStore } from './record.ts';

const START = 1.79e12;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

/** A run of another program that logs these steps, one a second; each value is its place in the record. */
async function logged(store: Store, steps: readonly number[]): Promise<string> {
  const { id: experimentId } = await store.experiments.create('of a program', null);
  const begun = { experimentId, source: 'client' as const, startedAt: new Date(START), tags: {}, environment: {} };
  const id = store.logged.start({ ...begun, name: 'restarted' });
  const times = Float64Array.from(steps, (_, i) => START + 1000 * i);
  const values = Float64Array.from(steps, (_, i) => i);
  store.logged.log(id, { series: [{ key: 'loss', steps: Float64Array.from(steps), values, times }] });
  return id;
}

const ASKED = { key: 'loss', by: [], raw: true };

async function read(store: Store, id: string, x: 'step' | 'time' = 'step', range?: [number, number]) {
  const asked = { ...ASKED, target: { runIds: [id] }, x, ...(range && { range }) };
  const answer = await createCaller(ownerOf(store)).curves.chart(asked);
  const [curve] = answer.curves;
  if (!curve) throw new Error('no curve');
  const numbers = (packed: string, per = 1) => Array.from(unpackColumn(packed), (place) => place / per);
  return {
    answer,
    x: numbers(curve.x, curve.per),
    values: numbers(curve.values),
    restarts: numbers(curve.restarts, curve.per),
    left: curve.left.map(({ x, values }) => [numbers(x), numbers(values)]),
  };
}

describe('a run of another program that is begun again from an earlier step', () => {
  const steps = [...range(0, 10), ...range(6, 9)];

  it('bug: was drawn as one curve of both attempts, as if nothing had happened', async () => {
    const store = await temporaryStore();
    const id = await logged(store, steps);
    const seen = await read(store, id);
    expect(seen.x).toEqual(range(0, 9));
    expect(seen.values).toEqual([0, 1, 2, 3, 4, 5, 10, 11, 12]);
    expect(seen.restarts).toEqual([6]);
    // What it left behind leaves the curve at the point before.
    expect(seen.left).toEqual([
      [
        [5, 6, 7, 8, 9],
        [5, 6, 7, 8, 9],
      ],
    ]);
    expect(seen.answer.extent).toEqual([0, 9]);
    expect((await read(store, id, 'step', [0, 3])).left).toEqual([[[5], [5]]]);
  });

  it('has every point over time, and a mark where it began again', async () => {
    const store = await temporaryStore();
    const { x, values, restarts, left } = await read(store, await logged(store, steps), 'time');
    expect(x).toEqual(range(0, 13));
    expect(values).toEqual(range(0, 13));
    expect(restarts).toEqual([10]);
    expect(left).toEqual([]);
  });

  it('bug: a script that gives no step had one point over time, its last', async () => {
    const store = await temporaryStore();
    const { values } = await read(store, await logged(store, [0, 0, 0, 0]), 'time');
    expect(values).toEqual([0, 1, 2, 3]);
  });

  it('is in the CSV with what it left behind', async () => {
    const store = await temporaryStore();
    const { answer } = await read(store, await logged(store, steps));
    const asked = { ...ASKED, x: 'step' as const, range: null, buckets: 100, smoothing: 0, mean: false };
    const runs = chartOf(asked, answer).runs.map((run) => ({ ...run, id: run.runId, group: 0 }));
    const group = { id: '[]', name: 'a', look: { colour: { light: '', dark: '' }, stroke: 'solid' as const } };
    const picture = { groups: [{ ...group, runs: 1, hidden: false, mean: null }], runs };
    const { rows } = lineNumbers(picture, [0, 9], 'step');
    expect(rows.map(([line, , x, value]) => [line, x, value])).toEqual([
      ...range(5, 10).map((step) => ['before restart', step, step]),
      ...[0, 1, 2, 3, 4, 5, 10, 11, 12].map((value, step) => ['run', step, value]),
    ]);
  });

  it('is read again by an open page when its steps go back', async () => {
    const store = await temporaryStore();
    const id = await logged(store, range(0, 10));
    const { answer } = await read(store, id);
    const asked = { ...ASKED, x: 'step' as const, range: null, buckets: 100, smoothing: 0, mean: false };
    const event = (from: number) => ({
      series: [{ runId: id, key: 'loss', offset: 10, total: 11, steps: packed(from), values: packed(1), times: '' }],
      runs: [],
    });
    const packed = (value: number) => `d${Buffer.from(Float64Array.of(value).buffer).toString('base64')}`;
    const chart = chartOf(asked, answer);
    expect(grown(chart, event(10), () => ({})).stale).toEqual([]);
    expect(grown(chart, event(6), () => ({})).stale).toBe('all');
  });
});

it('a resumed run of ours is one curve: it repeats the steps bit for bit', async () => {
  const store = await temporaryStore();
  const { id } = await startRun(store, 'mine');
  log(store, id, 'loss', 0, range(0, 10));
  store.metrics.append(id, [
    {
      key: 'loss',
      offset: 10,
      steps: Float64Array.from(range(6, 9)),
      values: Float64Array.from(range(6, 9)),
      times: Float64Array.from(range(0, 3)),
    },
  ]);
  const { x, restarts, left } = await read(store, id);
  expect(x).toEqual(range(0, 10));
  expect([restarts, left]).toEqual([[], []]);
});
