import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designOf, type Observed, type ParamValue } from '../src/index.ts';

const run = (params: Readonly<Record<string, ParamValue>>): Observed => ({ params });

const value = fc.oneof(
  fc.constantFrom('a', 'b', 'a + b', ' + ', '"a"', 'undefined', 'not set', '1', 'true', '["a + b"]', '[1]', ''),
  fc.integer({ min: 0, max: 3 }),
  fc.string(),
  fc.constant(undefined),
);

const withPaths = (values: readonly (ParamValue | undefined)[]): Observed =>
  run(Object.fromEntries(values.flatMap((of, i) => (of === undefined ? [] : [[`p${i}`, of] as const]))));

describe('a design', () => {
  it('bug: has one level for each combination of values, whatever texts these are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 8 }), (rows) => {
        const { levels } = designOf(rows.map(withPaths), ['p0', 'p1']);
        const wanted = new Set(rows.map((row) => JSON.stringify(row.map((of) => of ?? null))));
        expect(levels).toHaveLength(wanted.size);
        expect(new Set(levels.map(({ key }) => key)).size).toBe(wanted.size);
        expect(levels.flatMap(({ runs }) => runs)).toHaveLength(rows.length);
      }),
    );
  });

  it('says what is compared, what follows from a kind, what makes pairs and what confounds', () => {
    const runs = ['sgd', 'adam'].flatMap((optimizer) =>
      [0.1, 0.01].flatMap((lr) =>
        [1, 2].map((seed) =>
          run({
            seed,
            'optimizer.name': optimizer,
            'optimizer.lr': lr,
            epochs: optimizer === 'sgd' ? 10 : 20,
            ...(optimizer === 'adam' ? { 'optimizer.beta1': 0.9 } : {}),
          }),
        ),
      ),
    );
    expect(designOf(runs, ['optimizer.name'])).toMatchObject({
      by: ['optimizer.name'],
      levels: [
        { key: 'adam', values: ['adam'] },
        { key: 'sgd', values: ['sgd'] },
      ],
      follows: ['optimizer.beta1'],
      confounds: ['epochs'],
      blocks: ['optimizer.lr'],
    });
    // The kind is not compared now: its field, and what else goes with it, is crossed with the rates.
    expect(designOf(runs, ['optimizer.lr'])).toMatchObject({
      follows: [],
      confounds: [],
      blocks: ['epochs', 'optimizer.beta1', 'optimizer.name'],
    });
  });
});
