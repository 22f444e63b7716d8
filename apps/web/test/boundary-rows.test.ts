import { describe, expect, it } from 'vitest';
import { accuracyAt } from '../src/features/boundaries/model/accuracies.ts';
import {
  boundaryRows,
  firstRows,
  type Held,
  oneSeedEach,
  picturesOf,
} from '../src/features/boundaries/model/boundary-rows.ts';

/** Runs named `level optimizer seed`, by level. */
function madeUp(...names: string[]) {
  const levels = ['linear', 'relu'].map((level) => ({
    runs: { ids: names.filter((name) => name.startsWith(level)), names: [], seeds: [], values: [] },
  }));
  const heldOf = (id: string): Held => {
    const [, optimizer = '', seed = ''] = id.split(' ');
    return { values: [optimizer], seed: Number(seed) };
  };
  return { levels, heldOf, orders: [['sgd', 'adam']] };
}

const GRID = ['linear', 'relu'].flatMap((level) =>
  ['adam', 'sgd'].flatMap((optimizer) => [2, 1].map((seed) => `${level} ${optimizer} ${seed}`)),
);

describe('boundaries side by side', () => {
  it('never compare an Adam run with an SGD run: a row holds the other factors and the seed', () => {
    const { levels, heldOf, orders } = madeUp(...GRID);
    const rows = boundaryRows(levels, heldOf, orders);
    expect(rows.map(({ runs }) => runs)).toEqual([
      ['linear sgd 1', 'relu sgd 1'],
      ['linear sgd 2', 'relu sgd 2'],
      ['linear adam 1', 'relu adam 1'],
      ['linear adam 2', 'relu adam 2'],
    ]);
    expect(oneSeedEach(rows).map(({ held }) => held)).toEqual([
      { values: ['sgd'], seed: 1 },
      { values: ['adam'], seed: 1 },
    ]);
  });

  it('leave a place where a level has no such run, rather than put another run there', () => {
    const { levels, heldOf, orders } = madeUp('linear sgd 1', 'relu adam 1');
    expect(boundaryRows(levels, heldOf, orders).map(({ runs }) => runs)).toEqual([
      ['linear sgd 1', null],
      [null, 'relu adam 1'],
    ]);
  });

  it('are of the seed that most levels have, and a run that repeats another is in a row of its own', () => {
    const { levels, heldOf, orders } = madeUp('linear sgd 1', 'linear sgd 2', 'relu sgd 2');
    expect(oneSeedEach(boundaryRows(levels, heldOf, orders)).map(({ runs }) => runs)).toEqual([
      ['linear sgd 2', 'relu sgd 2'],
    ]);
    const repeated = madeUp('linear sgd 1 first', 'linear sgd 1 again', 'relu sgd 1');
    expect(boundaryRows(repeated.levels, repeated.heldOf, repeated.orders).map(({ runs }) => runs)).toEqual([
      ['linear sgd 1 first', 'relu sgd 1'],
      ['linear sgd 1 again', null],
    ]);
  });

  it('bug: a row of forty levels does not load forty pictures at once; each further page brings some', () => {
    const ids = Array.from({ length: 40 }, (_, i) => `lr${i} sgd 1`);
    const levels = ids.map((id) => ({ runs: { ids: [id], names: [], seeds: [], values: [] } }));
    const rows = boundaryRows(levels, () => ({ values: ['sgd'], seed: 1 }), [['sgd']]);
    const wide = [...rows, ...rows];
    expect([1, 2, 3, 4].map((page) => picturesOf(firstRows(wide, 24 * page, 24)))).toEqual([24, 48, 72, 80]);
    expect(firstRows(wide, 24, 24)[0]?.runs).toEqual(ids.slice(0, 24));
    expect(firstRows([{ held: { values: [], seed: 1 }, runs: [null, 'a', null, 'b', 'c'] }], 2, 2)[0]?.runs).toEqual([
      null,
      'a',
      null,
      'b',
    ]);
  });

  it('come row by row, so that no row is torn', () => {
    const { levels, heldOf, orders } = madeUp(...GRID);
    const rows = boundaryRows(levels, heldOf, orders);
    expect([1, 2, 3, 5, 8].map((most) => firstRows(rows, most).length)).toEqual([1, 1, 1, 2, 4]);
  });
});

it('a boundary has the accuracy of its step, or of the one before it, and none before the first', () => {
  const accuracies = { steps: [2, 5, 9], values: [0.2, 0.5, 0.9] };
  expect([1, 2, 4, 5, 9, 10].map((step) => accuracyAt(accuracies, step))).toEqual([undefined, 0.2, 0.2, 0.5, 0.9, 0.9]);
  expect(accuracyAt({ steps: [], values: [] }, 3)).toBeUndefined();
  expect(accuracyAt(undefined, 3)).toBeUndefined();
});
