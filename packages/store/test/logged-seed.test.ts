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
  return { store, start, said };
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
