import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { clockScale, clockText } from '../src/charts/clock-scale.ts';
import { axisOfMetric, isAxis, metricOfAxis } from '../src/contract/axes.ts';
import { unpackColumn } from '../src/contract/columns.ts';
import { COMPARISON_VIEW } from '../src/features/compare/model/view-fields.ts';
import { CURVES_VIEW } from '../src/features/curves/model/curves-view.ts';
import { TABLE_FIELDS } from '../src/features/runs-table/model/table-view.ts';
import { chartOf, grown } from '../src/live/chart-data.ts';
import { overMetric } from '../src/server/curves/read-curve.ts';
import { createCaller } from '../src/server/router.ts';
import { readView, writeView } from '../src/view/view-state.ts';
import { guestOf, ownerOf, temporaryStore } from './record.ts';

const START = 1.79e12;
const column = (...numbers: number[]) => Float64Array.from(numbers);

type Series = Readonly<Record<string, readonly (readonly [step: number, value: number])[]>>;

async function logged(store: Store, ...runs: Series[]) {
  const { id: experimentId } = await store.experiments.create('of a program', null);
  const ids = runs.map((series, i) => {
    const begun = { experimentId, source: 'client' as const, startedAt: new Date(START), tags: {}, environment: {} };
    const id = store.logged.start({ ...begun, name: `run ${i}`, params: { seed: String(i) } });
    const batches = Object.entries(series).map(([key, points]) => ({
      key,
      steps: column(...points.map(([step]) => step)),
      values: column(...points.map(([, value]) => value)),
      times: column(...points.map((_, at) => START + 1000 * at)),
    }));
    store.logged.log(id, { series: batches });
    return id;
  });
  return { experimentId, ids };
}

const ASKED = { key: 'val/loss', by: [], raw: true };

describe('the axis of a chart', () => {
  it('is one of four, or another metric, in the address and on the wire', () => {
    expect(['step', 'epoch', 'time', 'clock', 'by:train/epoch', 'by:a,b'].map(isAxis)).toEqual(Array(6).fill(true));
    expect(['', 'by:', 'steps', `by:${'a'.repeat(201)}`].map(isAxis)).toEqual(Array(4).fill(false));
    expect(metricOfAxis(axisOfMetric('by:x'))).toBe('by:x');
    expect(metricOfAxis('time')).toBeNull();
    const search = writeView(CURVES_VIEW, new URLSearchParams(), { x: 'by:a,b ~c' });
    expect(readView(CURVES_VIEW, new URLSearchParams(search.toString())).view.x).toBe('by:a,b ~c');
    expect(readView(CURVES_VIEW, new URLSearchParams('x=by:')).bad).toMatchObject([{ name: 'x', came: 'by:' }]);
  });

  it('bug: the axis of curves and that of the scatter had one parameter in the address of a comparison', () => {
    const [curves, ...others] = [CURVES_VIEW, COMPARISON_VIEW, TABLE_FIELDS].map((fields) => Object.keys(fields));
    expect(others.flatMap((names) => names.filter((name) => curves?.includes(name)))).toEqual([]);
  });

  it('of another metric has a point where that metric was last, in order; without a place it is left out', () => {
    const curve = { steps: column(0, 10, 20, 30, 40), values: column(1, 2, 3, 4, 5) };
    const epochs = { steps: column(5, 15, 20, 35), values: column(0.5, 1, Number.NaN, 0.25) };
    const placed = overMetric(curve, epochs);
    expect([...placed.steps]).toEqual([0.25, 0.5]);
    expect([...placed.values]).toEqual([5, 2]);
    expect(overMetric(curve, { steps: column(), values: column() }).steps).toHaveLength(0);
  });

  it('bug: epochs that a program logs as a metric were no axis', async () => {
    const store = await temporaryStore();
    const { ids } = await logged(store, {
      'val/loss': [
        [10, 3],
        [20, 2],
      ],
      'train/epoch': [
        [0, 0],
        [10, 0.5],
        [20, 1],
      ],
    });
    const caller = createCaller(ownerOf(store));
    const read = await caller.curves.chart({ ...ASKED, target: { runIds: ids }, x: 'epoch' });
    expect(read).toMatchObject({ x: 'epoch', isPlaced: true, extent: [0.5, 1] });
    expect([...unpackColumn(read.curves[0]?.x ?? '')]).toEqual([0.5, 1]);
    const none = await caller.curves.chart({ ...ASKED, key: 'train/epoch', target: { runIds: ids }, x: 'by:nothing' });
    expect(none).toMatchObject({ extent: null, isPlaced: true });
  });

  it('is the moment, the same for all runs', async () => {
    const store = await temporaryStore();
    const { ids } = await logged(store, {
      'val/loss': [
        [0, 1],
        [1, 2],
      ],
    });
    const caller = createCaller(ownerOf(store));
    const read = await caller.curves.chart({ ...ASKED, target: { runIds: ids }, x: 'clock' });
    expect(read).toMatchObject({ x: 'clock', isPlaced: false, extent: [START / 1000, START / 1000 + 1] });
  });

  it('of another metric gives groups a mean where all have a place', async () => {
    const store = await temporaryStore();
    const of = (add: number) => ({
      'val/loss': [0, 1, 2, 3, 4].map((step) => [step, step + add] as const),
      samples: [0, 1, 2, 3, 4].map((step) => [step, 64 * step] as const),
    });
    const { experimentId } = await logged(store, of(0), of(2));
    const caller = createCaller(ownerOf(store));
    const target = { experimentId };
    const { groups } = await caller.curves.chart({ ...ASKED, target, x: 'by:samples', raw: false, mean: true });
    const [group] = groups;
    const xs = [...unpackColumn(group?.x ?? '')].map((x) => x / (group?.per ?? 1));
    const means = unpackColumn(group?.mean ?? '');
    expect([xs[0], xs.at(-1)]).toEqual([0, 256]);
    expect([means[0], means.at(-1)]).toEqual([1, 5]);
  });

  it('of a metric that guests do not see is refused', async () => {
    const store = await temporaryStore();
    const { experimentId, ids } = await logged(store, { 'val/loss': [[0, 1]], '/home/ana/x.csv': [[0, 1]] });
    const { context } = await guestOf(store, experimentId);
    const guest = createCaller(context);
    const asked = { ...ASKED, target: { runIds: ids } };
    await expect(guest.curves.chart({ ...asked, x: 'by:/home/ana/x.csv' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await guest.curves.chart({ ...asked, x: 'by:val/loss' })).extent).toEqual([1, 1]);
  });

  it('of another metric is read again when there are new points: they have no place yet', () => {
    const asked = { ...ASKED, x: 'by:samples' as const, range: null, buckets: 100, smoothing: 0, mean: false };
    const read = { x: asked.x, isPlaced: true, extent: null, curves: [], groups: [], damaged: [] };
    const packed = { runId: 'r1', name: 'r', levels: [], next: 1, inView: 1, x: '', values: '', per: 1, origin: 0 };
    const curve = { ...packed, smooth: '', smoothed: { sum: 0, count: 0 }, restarts: '', left: [] };
    const series = [{ runId: 'r1', key: ASKED.key, offset: 1, total: 2, steps: '', values: '', times: '' }];
    const after = grown(chartOf(asked, { ...read, curves: [curve] }), { series, runs: [] }, () => ({}));
    expect(after.stale).toBe('all');
    expect(after.runs[0]?.recorded).toBe(1);
  });
});

describe('an axis of moments', () => {
  const at = (text: string) => Date.parse(text) / 1000;
  const ticksOf = (from: string, to: string, zone: string) => {
    const scale = clockScale([at(from), at(to)], 6, zone);
    return scale.ticks.map(clockText(scale, zone));
  };

  it('has ticks at full minutes, hours and days of the reader’s zone', () => {
    expect(ticksOf('2026-11-29T10:00:10Z', '2026-11-29T10:29:00Z', 'UTC')).toEqual([
      ...['10:05', '10:10', '10:15', '10:20', '10:25'],
    ]);
    expect(ticksOf('2026-11-29T10:00:00Z', '2026-11-29T22:00:00Z', 'Asia/Kolkata')).toEqual([
      ...['16:00', '18:00', '20:00', '22:00', '00:00', '02:00'],
    ]);
    expect(ticksOf('2026-11-29T10:00:00Z', '2026-12-03T10:00:00Z', 'Asia/Shanghai')).toEqual([
      ...['11-30', '12-01', '12-02', '12-03'],
    ]);
    expect(ticksOf('2026-11-29T10:00:00Z', '2026-11-29T10:00:06Z', 'UTC')[0]).toBe('10:00:00');
  });

  it('is there for one moment, and for less than a second', () => {
    for (const to of ['2026-11-29T10:00:00Z', '2026-11-29T10:00:00.200Z']) {
      const { ticks, from, to: end } = clockScale([at('2026-11-29T10:00:00Z'), at(to)], 6, 'UTC');
      expect(ticks.length).toBeGreaterThan(0);
      expect(end).toBeGreaterThan(from);
    }
  });
});
