import { describe, expect, it } from 'vitest';
import { compare, matrixOf, type Observation } from '../src/index.ts';

/** Three seeds of each cell, as `row/column` -> values. */
const grid = (cells: Readonly<Record<string, readonly number[]>>): Observation[] =>
  Object.entries(cells).flatMap(([name, values]) => {
    const [activation = '', optimizer = ''] = name.split('/');
    return values.map((value, i) => ({
      params: { 'model.activation': activation, 'optimizer.name': optimizer, seed: i + 1 },
      value,
    }));
  });

const BY = ['model.activation', 'optimizer.name'] as const;

/** Student's two-sided p on two degrees of freedom has a closed form. */
const pOf = (differences: readonly [number, number, number]): number => {
  const mean = differences.reduce((sum, d) => sum + d, 0) / 3;
  const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 2);
  const t = Math.abs(mean / sd) * Math.sqrt(3);
  return 1 - t / Math.sqrt(2 + t * t);
};

describe('a factor matrix', () => {
  const observations = grid({
    'gelu/adam': [0.9, 0.92, 0.94],
    'gelu/sgd': [0.91, 0.9, 0.93], // differs by -0.01, 0.02, 0.01: not distinguishable
    'swish/adam': [0.5, 0.521, 0.54], // differs by 0.4, 0.399, 0.4
    'swish/sgd': [0.501, 0.52, 0.542],
  });

  it('marks the best cell, what is not distinguishable from it, and what is worse', () => {
    const found = matrixOf(observations, { metric: 'accuracy', by: BY });
    expect([found.rows, found.columns, found.goal, found.confounds]).toEqual([
      ['gelu', 'swish'],
      ['adam', 'sgd'],
      'highest',
      [],
    ]);
    expect(found.cells.map(({ summary, runs }) => [summary?.n, runs])).toEqual([
      [3, 3],
      [3, 3],
      [3, 3],
      [3, 3],
    ]);
    expect(found.cells.map(({ row, column, standing }) => [row, column, standing])).toEqual([
      [0, 0, 'best'],
      [0, 1, 'tied'],
      [1, 0, 'worse'],
      [1, 1, 'worse'],
    ]);
    expect(found.cells[1]?.summary).toMatchObject({ n: 3, mean: expect.closeTo(2.74 / 3, 12) });
  });

  it('bug: calls no cell worse that is better in every pair', () => {
    const found = matrixOf(
      grid({
        'gelu/adam': [0.9, 0.901, 0.899, Number.NaN, Number.NaN, Number.NaN],
        'gelu/sgd': [0.93, 0.932, 0.929, 0.6, 0.6, 0.61],
      }),
      { metric: 'accuracy', by: BY },
    );
    expect(found.cells.map(({ standing }) => standing)).toEqual(['best', 'tied']);
    expect(found.cells[1]?.test).toMatchObject({ nPairs: 3, difference: expect.closeTo(-0.03, 2) });
    expect(found.cells[1]?.test?.pAdjusted).toBeLessThan(0.05);
  });

  it('has the tests of the comparison by both factors', () => {
    const { cells } = matrixOf(observations, { metric: 'accuracy', by: BY });
    const { pairs } = compare(observations, { metric: 'accuracy', by: BY });
    const raw = [pOf([-0.01, 0.02, 0.01]), pOf([0.4, 0.399, 0.4]), pOf([0.399, 0.4, 0.398])];
    expect(cells.slice(1).map(({ test }) => test?.p)).toEqual(raw.map((p) => expect.closeTo(p, 9)));
    expect(cells.slice(1).map(({ test }) => test?.pAdjusted)).toEqual(
      pairs.slice(0, 3).map(({ pAdjusted }) => pAdjusted),
    );
    expect(cells[2]?.test?.pAdjusted).toBeCloseTo(6 * pOf([0.4, 0.399, 0.4]), 4); // of six pairs
  });

  it('has the least as its best where less is better', () => {
    const { cells } = matrixOf(observations, { metric: 'loss', by: BY });
    expect(cells.find(({ standing }) => standing === 'best')).toMatchObject({ row: 1, column: 0 });
  });

  it('leaves out cells without runs, and names those without a finite value and those with too few pairs', () => {
    const { cells } = matrixOf(
      grid({ 'gelu/adam': [1, 2, 3], 'gelu/sgd': [Number.NaN, Infinity], 'swish/adam': [0.5, 0.6] }),
      { metric: 'accuracy', by: BY },
    );
    expect(cells).toMatchObject([
      { standing: 'best', diverged: 0 },
      { standing: 'empty', summary: null, diverged: 2 },
      { standing: 'untested', test: null },
    ]);
  });

  it('says what else differs from cell to cell', () => {
    const confounded = observations.map(
      ({ params, value }): Observation => ({
        params: { ...params, epochs: params['model.activation'] === 'gelu' ? 100 : 10 },
        value,
      }),
    );
    expect(matrixOf(confounded, { metric: 'accuracy', by: BY }).confounds).toEqual(['epochs']);
  });

  it('has numbers by size, and a value that some runs lack last', () => {
    const found = matrixOf(
      [0.1, 0.001, 0.01].flatMap((lr): Observation[] => [
        { params: { lr, seed: 1 }, value: 1 },
        { params: { lr, momentum: 0.9, seed: 1 }, value: 1 },
      ]),
      { metric: 'accuracy', by: ['lr', 'momentum'] },
    );
    expect([found.rows, found.columns]).toEqual([
      [0.001, 0.01, 0.1],
      [0.9, undefined],
    ]);
  });
});

it('looks at each of ten thousand runs a few times, however many there are in its group', () => {
  let reads = 0;
  const many = Array.from({ length: 10_000 }, (_, i): Observation => {
    const params: Record<string, string | number> = { seed: Math.floor(i / 4) };
    for (let p = 0; p < 18; p++) params[`same.${p}`] = p;
    return {
      params: { ...params, f: `f${i % 2}`, g: `g${Math.floor(i / 2) % 2}` },
      get value() {
        reads += 1;
        return (i % 4) + Math.sin(i);
      },
    };
  });
  expect(compare(many, { metric: 'accuracy', by: ['f'] }).pairs[0]?.nPairs).toBe(2_500);
  expect(reads).toBeLessThan(10 * many.length);
});
