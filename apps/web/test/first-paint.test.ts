import { buildConfig, trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstComparison } from '../src/features/compare/model/first-comparison.ts';
import { COMPARISON_VIEW } from '../src/features/compare/model/view-fields.ts';
import { EXPERIMENTS_PAGE, EXPERIMENTS_VIEW } from '../src/features/experiments/model/experiments-fields.ts';
import { firstPaint } from '../src/features/runs-table/model/first-paint.ts';
import { createCaller } from '../src/server/router.ts';
import { readView, type ViewFields, writeView } from '../src/view/view-state.ts';
import { guestOf, log, ownerOf, temporaryStore } from './record.ts';

/** Two activations with three seeds each; of relu the accuracy is the higher one. */
async function grid(store: Store): Promise<string> {
  const { id: experimentId } = await store.experiments.ensure('grid', 'spiral');
  for (const activation of ['relu', 'tanh']) {
    for (const seed of [1, 2, 3]) {
      const values = { seed, epochs: 1, 'model.activation': activation };
      const run = await store.runs.start({
        experimentId,
        name: `${activation} ${seed}`,
        config: buildConfig(trainingStudy('spiral').defaults, values),
        engine: 'cpu',
        mode: 'eager',
        environment: { host: 'my-machine' },
        command: 'npx whorl run spiral',
      });
      log(store, run.id, 'accuracy', 0, [0.5, (activation === 'relu' ? 0.9 : 0.6) + seed / 1000]);
      log(store, run.id, 'loss', 0, [1, seed / 10]);
      await store.runs.end(run.id, 'finished', { durationMs: 1 });
    }
  }
  return experimentId;
}

const EXPERIMENT = { study: 'spiral', runs: 6 };

describe('the first paint of an experiment', () => {
  it('has its rows, what varies, the configurations and the answer', async () => {
    const store = await temporaryStore();
    const id = await grid(store);
    const paint = await firstPaint(createCaller(ownerOf(store)), { ...EXPERIMENT, id }, {});
    expect(paint.window).toMatchObject({ total: 6, ids: expect.arrayContaining([expect.any(String)]) });
    expect(paint.window?.ids).toHaveLength(6);
    expect(paint).toMatchObject({ groups: null, refused: null, factors: ['model.activation'] });
    expect(paint.summary.groups).toHaveLength(2);
    expect(paint.answers?.answer).toMatchObject({ by: ['model.activation'], metric: 'metrics.accuracy' });
  });

  it('has what a query finds, in the order that the address asks for, or the groups', async () => {
    const store = await temporaryStore();
    const id = await grid(store);
    const caller = createCaller(ownerOf(store));
    const found = await firstPaint(caller, { ...EXPERIMENT, id }, { q: 'model.activation = "tanh"', sort: 'seed' });
    const { columns } = await caller.runs.table({ target: { runIds: found.window?.ids ?? [] }, fields: ['name'] });
    expect(found.window?.total).toBe(3);
    expect([...(columns[0] ?? [])].sort()).toEqual(['tanh 1', 'tanh 2', 'tanh 3']);
    const grouped = await firstPaint(caller, { ...EXPERIMENT, id }, { group: 'model.activation' });
    expect(grouped.window).toBeNull();
    expect(grouped.groups?.groups.map(({ runs }) => runs)).toEqual([3, 3]);
  });

  it('names what of a query is wrong, and shows all runs', async () => {
    const store = await temporaryStore();
    const id = await grid(store);
    const paint = await firstPaint(createCaller(ownerOf(store)), { ...EXPERIMENT, id }, { q: 'seed >' });
    expect(paint.refused).toMatchObject({ q: 'seed >', mistake: expect.anything(), message: null });
    expect(paint.window?.total).toBe(6);
  });

  it('shows all runs to a guest who asks for what a link does not tell', async () => {
    const store = await temporaryStore();
    const id = await grid(store);
    const { context } = await guestOf(store, id);
    const q = 'environment.host = "my-machine"';
    const paint = await firstPaint(createCaller(context), { ...EXPERIMENT, id }, { q });
    expect(paint.refused).toEqual({ q, mistake: null, message: 'no such field' });
    expect(paint.window?.total).toBe(6);
    expect(JSON.stringify(paint)).not.toContain('my-machine"');
  });
});

describe('the first paint of a comparison', () => {
  it('asks the question of the address, else by the first factor and what says how well runs do', async () => {
    const store = await temporaryStore();
    const experimentId = await grid(store);
    const caller = createCaller(ownerOf(store));
    const plain = await firstComparison(caller, { experimentId }, {});
    expect(plain.overview).toMatchObject({ runs: 6 });
    const told = ({ analysis }: typeof plain) =>
      analysis.levels.map(({ values, summary }) => [values[0], summary?.n, summary?.mean.toFixed(3)]);
    expect(told(plain)).toEqual([
      ['relu', 3, '0.902'],
      ['tanh', 3, '0.602'],
    ]);
    const asked = await firstComparison(caller, { experimentId }, { metric: 'metrics.loss', goal: 'highest' });
    expect(told(asked).map(([, n, mean]) => [n, mean])).toEqual([
      [3, '0.200'],
      [3, '0.200'],
    ]);
    const first = await firstComparison(caller, { experimentId }, { metric: ['metrics.loss', 'metrics.accuracy'] });
    expect(told(first)).toEqual(told(asked));
  });
});

describe('the state of a view', () => {
  const amounts = ['margin', 'difference'];
  const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    texts: fc.string({ maxLength: 5 }),
    lists: fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 2 }),
    flags: fc.boolean(),
    amounts: fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }),
  };
  const anyOf = (fields: ViewFields) =>
    fc.record(
      Object.fromEntries(
        Object.entries(fields).map(([name, { fallback }]) => {
          if (name === 'goal') return [name, fc.constantFrom('', 'highest', 'lowest')];
          const kind = amounts.includes(name) ? 'amounts' : Array.isArray(fallback) ? 'lists' : `${typeof fallback}s`;
          return [name, (values[kind] ?? values[{ strings: 'texts', booleans: 'flags' }[kind] ?? '']) as never];
        }),
      ),
    );

  it.each([
    ['a comparison', COMPARISON_VIEW],
    ['the list of experiments', EXPERIMENTS_VIEW],
  ] as [string, ViewFields][])('of %s is read from its address as it was written there', (_, fields) => {
    fc.assert(
      fc.property(anyOf(fields), (view) => {
        const address = new URLSearchParams(String(writeView(fields, new URLSearchParams(), view)));
        expect(readView(fields, address)).toEqual({ view, bad: [] });
      }),
    );
  });

  it.each(['0', '-1', 'NaN', 'Infinity', 'x', ''])('names a margin of "%s", and asks for none', (margin) => {
    const { view, bad } = readView(COMPARISON_VIEW, new URLSearchParams({ margin }));
    expect([view.margin, bad]).toEqual([null, [{ name: 'margin', came: margin, expected: 'a number above 0' }]]);
  });

  it('reads no more experiments at a time than one answer has', () => {
    expect(EXPERIMENTS_PAGE).toBeLessThanOrEqual(100);
  });
});
