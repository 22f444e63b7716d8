import { buildConfig, compare, planSeeds, trainingStudy } from '@whorl/core';
import type { Store } from '@whorl/store';
import { describe, expect, it } from 'vitest';
import { createCaller } from '../src/server/router.ts';
import { guestOf, log, ownerOf, temporaryStore } from './record.ts';

const BY = ['model.activation'];
const METRIC = 'metrics.accuracy';
type Levels = Readonly<Record<string, readonly number[]>>;

/** Runs of each activation with these accuracies, seeds from 1, in an experiment. */
async function recorded(store: Store, levels: Levels, name = 'made up', firstSeeds: readonly number[] = []) {
  const { id: experimentId } = await store.experiments.ensure(name, 'spiral');
  for (const [level, [activation, accuracies]] of Object.entries(levels).entries()) {
    for (const [i, accuracy] of accuracies.entries()) {
      const seed = (firstSeeds[level] ?? 1) + i;
      const config = buildConfig(trainingStudy('spiral').defaults, { 'model.activation': activation, seed });
      const run = await store.runs.start({
        ...{ experimentId, name: `seed ${seed}`, config, engine: 'cpu', mode: 'eager', environment: {} },
        command: 'npx whorl run spiral',
      });
      log(store, run.id, 'accuracy', 0, [0.5, accuracy]);
      await store.runs.end(run.id, 'finished', { durationMs: 2_000 });
    }
  }
  return { experimentId };
}

const LEVELS = { relu: [0.91, 0.94, 0.93, 0.95], tanh: [0.9, 0.95, 0.91, 0.93], gelu: [0.92, 0.93, 0.95, 0.94] };

describe('how many seeds, as the page of a comparison says it', () => {
  it('is what core plans for the very comparison, with what is missing and the command that trains it', async () => {
    const store = await temporaryStore();
    const target = await recorded(store, LEVELS);
    const asked = { target, metric: METRIC, by: BY, difference: 0.02 };
    const { plan } = (await createCaller(ownerOf(store)).comparison.plan(asked)) ?? {};
    const observations = Object.entries(LEVELS).flatMap(([activation, values]) =>
      values.map((value, i) => ({ params: { 'model.activation': activation, seed: i + 1 }, value, launch: 1 })),
    );
    const { next } = compare(observations, { metric: 'accuracy', by: BY });
    const expected = planSeeds({ ...next, levels: 3, difference: 0.02 });
    const seeds = expected.sizes[0]?.chances[1]?.seeds as number;
    expect(seeds).toBeGreaterThan(4);
    expect(plan).toMatchObject({ levels: 3, seeds, sd: expected.spread?.sd, ci95: expected.spread?.ci95, look: 1 });
    expect(plan?.add).toMatchObject({
      have: 4,
      more: seeds - 4,
      runs: 3 * (seeds - 4),
      trainingMs: 6_000 * (seeds - 4),
    });
    expect(plan?.add?.commands).toEqual([
      `npx whorl run spiral model.activation=relu,tanh,gelu --seeds 1..${seeds} --name 'made up' --engine cpu --skip-recorded`,
    ]);
    const guest = createCaller((await guestOf(store, target.experimentId)).context);
    const shown = await guest.comparison.plan(asked);
    expect(shown?.plan).toEqual({ ...plan, add: { ...plan?.add, commands: [] } });
  });

  it.each<[string, Levels, readonly number[], string | null]>([
    ['three seeds that two levels share are missing', { relu: [0.9, 0.8], tanh: [0.7, 0.9] }, [], 'few'],
    ['all seeds differ by the same', { relu: [0.9, 0.8, 0.7], tanh: [0.8, 0.7, 0.6] }, [], 'constant'],
    ['the levels share no seeds', { relu: [0.9, 0.8, 0.7], tanh: [0.7, 0.9, 0.6] }, [1, 4], 'unpaired'],
    ['there is one level', { relu: [0.9, 0.8, 0.7] }, [], null],
  ])('says why it says nothing where %s', async (_, levels, firstSeeds, because) => {
    const store = await temporaryStore();
    const target = await recorded(store, levels, 'made up', firstSeeds);
    const asked = { target, metric: METRIC, by: BY, difference: 0.02 };
    const found = await createCaller(ownerOf(store)).comparison.plan(asked);
    expect(found).toEqual(because === null ? null : { because, plan: null });
  });

  it('has no command where the runs are of several experiments', async () => {
    const store = await temporaryStore();
    const [one, other] = [await recorded(store, LEVELS), await recorded(store, LEVELS, 'other')];
    const runs = (await Promise.all([one, other].map(({ experimentId }) => store.runs.all(experimentId)))).flat();
    const target = { runIds: runs.map(({ id }) => id) };
    const { plan } =
      (await createCaller(ownerOf(store)).comparison.plan({ target, metric: METRIC, by: BY, difference: 0.02 })) ?? {};
    expect(plan?.seeds).toBeGreaterThan(4);
    expect(plan?.add).toBeNull();
  });

  it('refuses a difference that is none', async () => {
    const store = await temporaryStore();
    const target = await recorded(store, LEVELS);
    const ask = createCaller(ownerOf(store)).comparison.plan({ target, metric: METRIC, by: BY, difference: 0 });
    await expect(ask).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
