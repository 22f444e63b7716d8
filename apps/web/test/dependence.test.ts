import { buildConfig, compare, Rng, trainingStudy } from '@whorl/core';
import { expect, it } from 'vitest';
import { leaderOf } from '../src/features/compare/model/leader.ts';
import { besideIn } from '../src/features/compare/model/standings.ts';
import { createCaller } from '../src/server/router.ts';
import { log, ownerOf, temporaryStore } from './record.ts';

const [BY, ON] = ['model.activation', 'optimizer.name'] as const;

/** A grid in which the activation matters under one optimizer alone. */
async function recordGrid() {
  const store = await temporaryStore();
  const rng = Rng.of(5);
  const { id: experimentId } = await store.experiments.ensure('grid', 'spiral');
  const runIds: string[] = [];
  const observations: { params: Record<string, string | number>; value: number; launch: number }[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const ofSeed = 0.02 * rng.normal();
    for (const activation of ['linear', 'relu', 'tanh']) {
      for (const optimizer of ['sgd', 'adam']) {
        const gain = optimizer === 'sgd' || activation === 'linear' ? 0 : activation === 'relu' ? 0.4 : 0.3;
        const value = 0.5 + ofSeed + gain + 0.002 * rng.normal();
        const values = { [BY]: activation, [ON]: optimizer, seed };
        const run = await store.runs.start({
          experimentId,
          name: `${activation} ${optimizer} ${seed}`,
          config: buildConfig(trainingStudy('spiral').defaults, values),
          engine: 'cpu',
          mode: 'eager',
          environment: {},
          command: 'npx whorl run spiral',
        });
        log(store, run.id, 'testAccuracy', 0, [0.5, value]);
        await store.runs.end(run.id, 'finished', { durationMs: 1 });
        runIds.push(run.id);
        observations.push({ params: values, value, launch: 1 });
      }
    }
  }
  const caller = createCaller(ownerOf(store));
  const ask = (by: readonly string[]) =>
    caller.comparison.analyse({ target: { runIds }, metric: 'metrics.testAccuracy', by: [...by] });
  return { ask, observations, caller, runIds };
}

it('on a grid whose effect depends, headline, dots, pairs and matrix of a page have the sets and numbers of core', async () => {
  const { ask, observations, caller, runIds } = await recordGrid();
  const page = await ask([BY]);
  const { verdict } = compare(observations, { metric: 'testAccuracy', by: [BY] });
  if (verdict.kind !== 'depends' || page.verdict.kind !== 'depends') throw new Error('expected that it depends');
  const { within, p } = verdict;
  expect(page.verdict).toMatchObject({ of: [BY], on: [ON], also: [], everywhere: null });
  expect(page.verdict.p).toBeCloseTo(p, 12);

  // What the headline says at each level of the optimizer, and the tests and dots below it.
  expect(page.verdict.within.map(({ verdict }) => verdict)).toEqual(page.facets.map(({ verdict }) => verdict));
  expect(Object.fromEntries(page.facets.map(({ values, verdict }) => [values[0], verdict.kind]))).toEqual({
    sgd: 'tied',
    adam: 'best',
  });
  for (const [i, { comparison }] of within.entries()) {
    const facet = page.facets[i];
    expect(facet?.pairs).toEqual(comparison.pairs);
    expect(facet?.levels.map(({ level, summary }) => [level, summary])).toEqual(
      comparison.levels.map(({ level, summary }) => [level, summary]),
    );
    expect(facet?.levels.flatMap(({ runs }) => runs.ids)).toHaveLength(12);
    expect(facet?.levels.flatMap(({ runs }) => runs.ids).every((id) => runIds.includes(id))).toBe(true);
  }

  // The matrix of both factors: in each column the ring is around what the headline calls the best there.
  const cells = await ask([BY, ON]);
  const { matrix } = cells;
  if (!matrix) throw new Error('expected a matrix');
  const beside = besideIn(matrix, [BY, ON], page.verdict, page.facets);
  expect(beside?.side).toBe('column');
  const standings = beside?.matrix.cells.map(({ row, column, standing }) => [
    matrix.rows[row],
    matrix.columns[column],
    standing,
  ]);
  expect(standings?.filter(([, optimizer]) => optimizer === 'adam').sort()).toEqual([
    ['linear', 'adam', 'worse'],
    ['relu', 'adam', 'best'],
    ['tanh', 'adam', 'worse'],
  ]);
  expect(
    standings
      ?.filter(([, optimizer]) => optimizer === 'sgd')
      .map(([, , standing]) => standing)
      .sort(),
  ).toEqual(['best', 'tied', 'tied']);
  expect(besideIn(matrix, ['model.hidden', ON], page.verdict, page.facets)).toBeNull();
  // Asked the other way round it is the same table, turned.
  const turned = await ask([ON, BY]);
  if (!turned.matrix) throw new Error('expected a matrix');
  const rows = besideIn(turned.matrix, [ON, BY], page.verdict, page.facets);
  expect(rows?.side).toBe('row');
  const sorted = (found: unknown[][] | undefined) => found?.map((cell) => cell.join()).sort();
  expect(
    sorted(
      rows?.matrix.cells.map(({ row, column, standing }) => [
        turned.matrix?.columns[column],
        turned.matrix?.rows[row],
        standing,
      ]),
    ),
  ).toEqual(sorted(standings));

  // Both factors together: the interaction first, with the same numbers, and the best combination behind it.
  expect(cells.verdict).toMatchObject({ kind: 'depends', of: [BY], on: [ON], without: { kind: 'best' } });
  expect(cells.facets).toEqual(page.facets);
  expect(leaderOf(cells)).toEqual({ values: ['relu', 'adam'], isBest: true });

  // The sentence alone travels without the runs.
  const answer = await caller.comparison.answer({ target: { runIds }, by: [BY] });
  expect(answer.verdict).toEqual(page.verdict);
  expect(answer).not.toHaveProperty('facets');
});
