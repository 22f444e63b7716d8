import { openStore } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { ask, askIn, json, temporaryFolder } from './cli.ts';

/** A record in which a program has logged two learning rates with five trials each, and no seed by that name. */
async function logged(): Promise<string> {
  const home = temporaryFolder();
  const store = await openStore({ home });
  const { id: experimentId } = await store.experiments.create('trials', null);
  for (const lr of ['0.1', '0.01']) {
    for (let trial = 1; trial <= 5; trial++) {
      const id = store.logged.start({
        ...{ experimentId, source: 'mlflow', name: `lr ${lr}`, startedAt: new Date(0), tags: {}, environment: {} },
        params: { lr, trial: String(trial) },
      });
      const value = Number(lr) + trial / 100 + (lr === '0.1' ? trial / 1e4 : 0);
      const points = { steps: Float64Array.of(1), values: Float64Array.of(value), times: Float64Array.of(0) };
      store.logged.log(id, { series: [{ key: 'loss', ...points }] });
      store.logged.change(id, { status: 'finished', endedAt: new Date(1) });
    }
  }
  await store.close();
  return home;
}

interface Compared {
  readonly pairs: readonly { readonly nPairs: number; readonly unpaired: boolean }[];
  readonly levels: readonly { readonly n: number }[];
}

describe('whorl seed', () => {
  it('makes a param the seed: what was a factor pairs the runs', async () => {
    const home = await logged();
    const before = await ask(home, 'compare', 'trials', '--by', 'lr,trial', '--json');
    expect(JSON.parse(before.stdout)).toMatchObject({ levels: Array.from({ length: 10 }, () => ({ n: 1 })) });
    expect(await json(home, 'seed', 'trials', 'trial')).toMatchObject({ param: 'trial', runs: 10, seeded: 10 });
    const after = await json<Compared>(home, 'compare', 'trials');
    expect(after.levels.map(({ n }) => n)).toEqual([5, 5]);
    expect(after.pairs).toMatchObject([{ nPairs: 5, unpaired: false }]);
    expect((await ask(home, 'compare', 'trials', '--by', 'trial')).code).toBe(2);

    const undone = await ask(home, 'seed', 'trials', '--by-name');
    expect(undone.stdout).toBe('0 of 10 runs have their seed from what is called like one.\n');
    expect((await ask(home, 'compare', 'trials', '--by', 'trial')).code).toBe(0);
  });

  it('says what is wrong with it, in both languages, and changes nothing', async () => {
    const home = await logged();
    expect(await ask(home, 'seed', 'trials')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected a param or --by-name'),
    });
    expect((await ask(home, 'seed', 'trials', 'trial', '--by-name')).code).toBe(2);
    expect((await ask(home, 'seed', 'trails', 'trial')).stderr).toContain('Did you mean "trials"?');
    const { stdout, stderr } = await ask(home, 'seed', 'trials', 'fold');
    expect(stdout).toBe('0 of 10 runs have their seed from fold.\n');
    expect(stderr).toContain('none of them logged fold as a whole number');
    const chinese = await askIn('zh', home, 'seed', 'trials', 'trial');
    expect(chinese.stdout).toBe('10 次运行中有 10 次以 trial 为种子。\n');
  });
});
