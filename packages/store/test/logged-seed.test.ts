import { isSeedParam } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.ts';
import { temporaryFolder } from './temporary.ts';

async function runOf() {
  const store = await openStore({ home: temporaryFolder() });
  const { id: experimentId } = await store.experiments.create('theirs', null);
  const start = (params: Readonly<Record<string, string>>) =>
    store.logged.start({
      experimentId,
      source: 'mlflow',
      name: 'run',
      startedAt: new Date(0),
      params,
      tags: {},
      environment: {},
    });
  const said = async (id: string) => {
    const [[read], [plain]] = [await store.runs.getMany([id]), store.logged.read([id])];
    return { seed: read?.seed, params: Object.fromEntries(plain?.params ?? []) };
  };
  return { store, start, said, experimentId };
}

describe('the seed of a run of another program', () => {
  it.each(['seed', 'random_state', 'random_seed', 'data.seed', 'args/Seed', 'rng_seed'])(
    'is what its param %s says',
    (key) => {
      expect(isSeedParam(key)).toBe(true);
    },
  );

  it.each(['seeds', 'seed_everything', 'unseeded', 'seed.path', 'state'])('is not what its param %s says', (key) => {
    expect(isSeedParam(key)).toBe(false);
  });

  it('is read from the first param that says it, and programs read back what they logged', async () => {
    const { start, said } = await runOf();
    expect(await said(start({ lr: '0.1', random_state: '7', 'data.seed': '8' }))).toEqual({
      seed: 7,
      params: { lr: '0.1', random_state: '7', 'data.seed': '8' },
    });
    expect(await said(start({ lr: '0.1' }))).toEqual({ seed: null, params: { lr: '0.1' } });
    expect(await said(start({ seed: 'None', random_state: '0' }))).toEqual({
      seed: null,
      params: { seed: 'None', random_state: '0' },
    });
    expect(await said(start({ random_state: '0', seed: 'None' }))).toMatchObject({ seed: null });
  });

  it('is taken from the param that is chosen for the experiment, of later runs too, and programs read back what they logged', async () => {
    const { store, start, said, experimentId } = await runOf();
    const take = (key: string | null) => store.logged.takeSeedFrom(experimentId, key);
    const before = [
      { lr: '0.1', trial: '1' },
      { trial: '2', 'data.seed': '5' },
      { lr: '0.1', trial: 'x' },
      { lr: '0.1' },
    ];
    const ids = before.map(start);
    expect(take('trial')).toEqual({ runs: 4, seeded: 2 });
    const later = start({ trial: '3', lr: '0.2' });
    const seeds = async () => (await Promise.all([...ids, later].map(said))).map(({ seed }) => seed);
    expect(await seeds()).toEqual([1, 2, null, null, 3]);
    // No comparison takes it for a factor: in the columns it is the seed.
    expect((await store.runs.getMany([later]))[0]?.params).toEqual({ lr: 0.2, seed: 3 });
    for (const [i, id] of ids.entries()) expect((await said(id)).params).toEqual(before[i]);
    expect((await said(later)).params).toEqual({ trial: '3', lr: '0.2' });
    const found = (value: string) =>
      store.logged.search({
        experimentIds: [experimentId],
        where: { kind: 'compare', field: { kind: 'param', key: 'trial' }, operator: '=', value },
        order: [{ field: { kind: 'param', key: 'trial' }, descending: false }],
        archived: false,
        limit: 10,
      }).ids;
    expect([found('3'), found('x'), found('4')]).toEqual([[later], [ids[2]], []]);
    // Logged again it is the same, and does not become another.
    store.logged.log(later, { params: { trial: '3' } });
    expect(() => store.logged.log(later, { params: { trial: '4' } })).toThrow('cannot become');
    store.logged.revise(later, { params: { trial: '7' } });
    expect(await said(later)).toEqual({ seed: 7, params: { trial: '7', lr: '0.2' } });

    expect(take('data.seed')).toEqual({ runs: 5, seeded: 1 });
    expect(await seeds()).toEqual([null, 5, null, null, null]);
    expect(take(null)).toEqual({ runs: 5, seeded: 1 });
    expect((await said(later)).params).toEqual({ trial: '7', lr: '0.2' });
    expect((await store.examine()).problems).toEqual([]);
  });

  it('is the one that is called so, and no other is chosen in its place', async () => {
    const { store, start, said, experimentId } = await runOf();
    start({ seed: '3', trial: '1' });
    const other = start({ trial: '2' });
    expect(() => store.logged.takeSeedFrom(experimentId, 'trial')).toThrow('1 of the 2 runs logged a param "seed"');
    expect(await said(other)).toEqual({ seed: null, params: { trial: '2' } });
    expect(() => store.logged.takeSeedFrom('nothing', 'trial')).toThrow('no experiment');
    const { id } = await store.experiments.create('another', null);
    store.logged.takeSeedFrom(id, 'trial');
    const late = store.logged.start({
      ...{ experimentId: id, source: 'client', name: 'run', startedAt: new Date(0), tags: {}, environment: {} },
      params: { trial: '1' },
    });
    store.logged.log(late, { params: { seed: '9' } });
    expect(await said(late)).toEqual({ seed: 9, params: { seed: '9', trial: '1' } });
    expect((await store.runs.getMany([late]))[0]?.params).toEqual({ seed: 9, trial: 1 });
  });

  it('is the one that is called so, whenever it comes', async () => {
    const { store, start, said } = await runOf();
    const id = start({ random_state: '7' });
    store.logged.log(id, { params: { seed: '3' } });
    expect(await said(id)).toEqual({ seed: 3, params: { random_state: '7', seed: '3' } });
    store.logged.log(id, { params: { seed: '3', random_state: '7' } }); // the same again
    expect(() => store.logged.log(id, { params: { seed: '4' } })).toThrow('cannot become');
    expect(() => store.logged.log(id, { params: { random_state: '4' } })).toThrow('cannot become');
    expect(await said(id)).toEqual({ seed: 3, params: { random_state: '7', seed: '3' } });
  });
});
