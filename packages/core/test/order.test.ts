import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, levelOrder, matrixOf, type Observation, type ParamValue, valueOrder } from '../src/index.ts';

const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer(),
  fc.string(),
  fc.constantFrom('[100]', '[32,32]', '[8]', 'relu', 'true', undefined),
);

describe('the one order of levels', () => {
  it('has numbers by size, then texts as people order them, and what is missing last', () => {
    const values: (ParamValue | undefined)[] = [
      'layer 10',
      undefined,
      10,
      'relu',
      'layer 2',
      9,
      '[100]',
      '[32,32]',
      0.5,
    ];
    expect(
      values
        .map((of) => ({ of }))
        .sort((a, b) => valueOrder(a.of, b.of))
        .map(({ of }) => of),
    ).toEqual([0.5, 9, 10, '[32,32]', '[100]', 'layer 2', 'layer 10', 'relu', undefined]);
  });

  it('is an order: of any three values, whichever comes first', () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(valueOrder(a, b))).toBe(-Math.sign(valueOrder(b, a)) + 0);
        if (valueOrder(a, b) <= 0 && valueOrder(b, c) <= 0) expect(valueOrder(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('bug: levels, pairs and matrix of a comparison do not depend on the order in which runs came', () => {
    const runs = ['tanh', 'relu'].flatMap((activation) =>
      [0.1, 0.01].flatMap((lr) =>
        [1, 2, 3].map(
          (seed): Observation => ({
            params: { seed, 'model.activation': activation, 'optimizer.lr': lr },
            value: seed / 10 + lr + (activation === 'relu' ? seed * seed * 0.01 : 0),
          }),
        ),
      ),
    );
    const by = ['model.activation', 'optimizer.lr'] as const;
    const asked = { metric: 'accuracy', by };
    const backwards = [...runs].reverse();
    const found = compare(runs, asked);
    expect(found.levels.map(({ values }) => values)).toEqual([
      ['relu', 0.01],
      ['relu', 0.1],
      ['tanh', 0.01],
      ['tanh', 0.1],
    ]);
    expect(found.levels.map(({ values }) => values)).toEqual(found.levels.map(({ values }) => values).sort(levelOrder));
    const again = compare(backwards, asked);
    expect(again.levels.map(({ level }) => level)).toEqual(found.levels.map(({ level }) => level));
    expect(again.pairs.map(({ a, b }) => [a, b])).toEqual(found.pairs.map(({ a, b }) => [a, b]));
    expect(again.verdict).toMatchObject({ kind: found.verdict.kind });
    expect(matrixOf(backwards, { metric: 'accuracy', by }).rows).toEqual(['relu', 'tanh']);
    expect(matrixOf(runs, { metric: 'accuracy', by }).columns).toEqual([0.01, 0.1]);
  });
});
