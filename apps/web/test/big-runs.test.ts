import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { startAt } from '../src/contract/cursor.ts';
import { areSectioned, shownSections } from '../src/features/curves/model/metric-sections.ts';
import { untold } from '../src/live/outline-news.ts';
import { createCaller } from '../src/server/router.ts';
import { ALONE, guestOf, lookOnce, ownerOf, temporaryStore } from './record.ts';

const COUNT = 2_000;
const KEYS = ['loss', 'train/loss', ...Array.from({ length: COUNT - 2 }, (_, i) => `layers/${i}/norm`)];

/** A program that logs 2,000 metrics, one of them for longer than the others. */
async function bigRun(store: Store) {
  const { id: experimentId } = await store.experiments.create('big', null);
  const id = store.logged.start({
    experimentId,
    source: 'mlflow',
    name: 'big',
    startedAt: new Date(0),
    tags: {},
    environment: {},
  });
  const points = (count: number) => {
    const column = Float64Array.from({ length: count }, (_, i) => i);
    return { steps: column, values: column, times: column };
  };
  const series = KEYS.map((key) => ({ key, ...points(key === 'layers/7/norm' ? 9 : 2) }));
  store.logged.log(id, { series });
  return { experimentId, id };
}

describe('a run with 2,000 metrics', () => {
  it('is told with the few that its page shows; the others are searched, by guests as well', async () => {
    const store = await temporaryStore();
    const { experimentId, id } = await bigRun(store);
    const { context } = await guestOf(store, experimentId);
    for (const caller of [createCaller(ownerOf(store)), createCaller(context)]) {
      const run = await caller.runs.get({ runIds: [id] });
      expect(run.metricCount).toBe(COUNT);
      expect(run.metrics.map(({ key }) => key)).toEqual(['layers/7/norm', 'loss']);
      const found = await caller.runs.metrics({ runIds: [id], search: 'NORM 199', limit: 3 });
      expect(found.total).toBe(10);
      expect(found.items.map(({ key, last }) => [key, last])).toEqual([
        ['layers/199/norm', 1],
        ['layers/1199/norm', 1],
        ['layers/1990/norm', 1],
      ]);
      expect(await caller.runs.metrics({ runIds: [id], search: 'nothing' })).toEqual({ total: 0, items: [] });
    }
  });

  it('has all names in its outline, each once, and opens a few charts', async () => {
    const store = await temporaryStore();
    const { id } = await bigRun(store);
    const outline = await createCaller(ownerOf(store)).curves.outline({ target: { runIds: [id] }, by: null });
    expect(outline.metrics).toHaveLength(COUNT);
    expect(JSON.stringify(outline).length).toBeLessThan(JSON.stringify(KEYS).length + 500);
    expect(areSectioned(outline)).toBe(true);
    const { sections } = shownSections(outline, { find: '', pins: [], open: [], shut: [] });
    expect(sections.map(({ name, keys, isOpen }) => [name, keys.length, isOpen])).toEqual([
      ['', 1, true],
      ['train', 1, true],
      ['layers', COUNT - 2, true],
    ]);
  });

  it('is told to an open page with what that draws, and its outline is read again when it gets another metric', async () => {
    const store = await temporaryStore();
    const { experimentId, id } = await bigRun(store);
    const caller = createCaller(ownerOf(store));
    const watch = {
      selection: { scope: { experimentId } },
      keys: ['layers/3/norm'],
      frames: false,
      times: false,
      ...ALONE,
    };
    const { event } = await lookOnce(store, watch, startAt(Date.now() - 60_000));
    expect(event.runs[0]).toMatchObject({ id, metricCount: COUNT });
    expect(event.runs[0]?.metrics.map(({ key }) => key)).toEqual(['layers/3/norm', 'layers/7/norm', 'loss']);
    const outline = await caller.curves.outline({ target: { runIds: [id] }, by: null });
    expect(untold(event.runs, outline)).toEqual([`metrics of ${id}`]);
  });
});
