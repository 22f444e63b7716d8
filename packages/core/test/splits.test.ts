import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, effectsOf, type Observation, Rng } from '../src/index.ts';
import { signTestP } from '../src/statistics/sign-test.ts';

const { signs } = JSON.parse(readFileSync(new URL('./fixtures/scipy-families.json', import.meta.url), 'utf8')) as {
  signs: { n: number; few: number; holdout: number; p: number }[];
};

const SCORE = { metric: 'score', by: ['f'], goal: 'highest' } as const;
/** Runs of a factor, a seed each, that split one file. */
const ofFile = (f: string, values: readonly number[], holdout = 0.2): Observation[] =>
  values.map((value, i) => ({ params: { f, seed: i + 1, 'data.name': 'csv', 'data.holdout': holdout }, value }));
const ofOwnData = (f: string, values: readonly number[], from = 1): Observation[] =>
  values.map((value, i) => ({ params: { f, seed: from + i }, value }));

describe('the sign test', () => {
  it('of splits of one file is what SciPy integrates', () => {
    for (const { n, few, holdout, p } of signs) {
      expect(Math.abs(signTestP(few, n, holdout / (1 - holdout)) - p), `${few} of ${n}, ${holdout}`).toBeLessThan(1e-9);
    }
  });

  it('of halves of one file has every number of signs equally often', () => {
    for (const n of [3, 9, 40])
      for (const few of [0, 1]) expect(signTestP(few, n, 1)).toBeCloseTo((2 * (few + 1)) / (n + 1), 12);
  });

  it('bug: took splits of one file for independent seeds', () => {
    const NEVER = Number.POSITIVE_INFINITY;
    const steps = (of: typeof ofFile | typeof ofOwnData) =>
      compare([...of('a', Array(8).fill(100)), ...of('b', [...Array(7).fill(200), NEVER])], {
        metric: 'stepsTo90',
        by: ['f'],
      });
    expect(steps(ofOwnData).pairs[0]?.p).toBe(2 ** -7);
    expect(steps(ofOwnData).verdict.kind).toBe('best');
    const found = steps(ofFile);
    expect(found.pairs[0]?.p).toBeCloseTo(signTestP(0, 8, 0.25), 12);
    expect(found.verdict.kind).toBe('tied');
  });
});

describe('differences that are all the same', () => {
  it('bug: of splits of one file are no independent signs either', () => {
    const found = (of: typeof ofFile | typeof ofOwnData) =>
      compare([...of('a', Array(7).fill(1)), ...of('b', Array(7).fill(0.9))], SCORE);
    expect(found(ofOwnData).pairs[0]).toMatchObject({ p: 2 ** -6, ci95: null });
    expect(found(ofOwnData).verdict.kind).toBe('best');
    expect(found(ofFile).pairs[0]?.p).toBeCloseTo(signTestP(0, 7, 0.25), 12);
    expect(found(ofFile).verdict.kind).toBe('tied');
  });

  it('bug: of what rounding leaves are none', () => {
    // Within each seed 0.1 and -0.1, up to the last bit.
    const rows = [1, 2, 3, 4, 5, 6, 7].flatMap((seed) => [
      { params: { f: 'a', other: 'x', seed }, value: 0.9 },
      { params: { f: 'b', other: 'x', seed }, value: 0.8 },
      { params: { f: 'a', other: 'y', seed }, value: 0.7 },
      { params: { f: 'b', other: 'y', seed }, value: 0.8 },
    ]);
    expect(0.9 - 0.8 + (0.7 - 0.8)).not.toBe(0);
    expect(compare(rows, SCORE).pairs[0]).toMatchObject({ difference: 0, p: 1 });
  });

  it('bug: of samples that share no seeds have the p of the permutation test, and not none', () => {
    const apart = (a: number, b: number) =>
      compare([...ofOwnData('a', Array(a).fill(1)), ...ofOwnData('b', Array(b).fill(0.9), 100)], SCORE);
    // scipy.stats.permutation_test((a, b), mean difference): of all ways to part them, these and their mirror images.
    expect(apart(3, 3).pairs[0]).toMatchObject({ p: expect.closeTo(2 / 20, 12), unpaired: true, ci95: null });
    expect(apart(5, 5).pairs[0]?.p).toBeCloseTo(2 / 252, 12);
    expect(apart(4, 6).pairs[0]?.p).toBeCloseTo(1 / 210, 12);
    expect([apart(3, 3), apart(5, 5)].map(({ verdict }) => verdict.kind)).toEqual(['tied', 'best']);
    const same = compare([...ofOwnData('a', [1, 1, 1]), ...ofOwnData('b', [1, 1, 1], 100)], SCORE);
    expect(same.pairs[0]).toMatchObject({ difference: 0, p: 1 });
    const split = [...ofFile('a', [1, 1, 1]), ...ofFile('b', [0.9, 0.9, 0.9])].map((run, i) => ({
      ...run,
      params: { ...run.params, seed: i },
    }));
    expect(compare(split, SCORE).verdict.kind).toBe('not-enough-runs');
  });
});

describe('the variance of splits of one file', () => {
  const noise = (seed: number, level: number) => Math.sin(97 * seed + 31 * level);
  const grid = (holdout: number): Observation[] =>
    Array.from({ length: 10 }, (_, seed) =>
      ['x', 'y'].flatMap((a, i) =>
        ['u', 'v'].map((b, j) => ({
          params: { a, b, seed, 'data.name': 'csv', 'data.holdout': holdout },
          value: 0.4 * i + noise(seed, 2 * i + j),
        })),
      ),
    ).flat();

  it('bug: is tested as its means are: of two levels F is the square of their t', () => {
    const [activation] = effectsOf(grid(0.2), ['a', 'b'])?.effects ?? [];
    const pair = compare(grid(0.2), { metric: 'score', by: ['a'], goal: 'highest' }).pairs[0];
    expect(activation?.source).toBe('a');
    expect(activation?.p).toBeCloseTo(pair?.p ?? Number.NaN, 9);
    const alone = effectsOf(grid(0), ['a', 'b'])?.effects[0];
    expect((alone?.f ?? 0) / (activation?.f ?? 1)).toBeCloseTo(1 + 10 * 0.25, 9);
    expect(alone?.share).toBe(activation?.share);
  });

  it('and of their signs shows a difference that is not there in 5% of the cases, and more often as independent seeds', () => {
    const rng = Rng.of(23);
    const [sets, n, holdout] = [1_000, 12, 0.2];
    const counts = { variance: 0, signs: 0, asIndependent: 0 };
    for (let set = 0; set < sets; set++) {
      // Of each level what its splits have in common, and each split's own: correlated by the hold-out's share.
      const common = [0, 1, 2, 3].map(() => Math.sqrt(holdout) * rng.normal());
      const values = Array.from({ length: n }, () =>
        common.map((value) => value + Math.sqrt(1 - holdout) * rng.normal()),
      );
      const rows = values.flatMap((of, seed) =>
        of.map((value, i) => ({
          params: { a: i % 2, b: i >> 1, seed, 'data.name': 'csv', 'data.holdout': holdout },
          value,
        })),
      );
      if ((effectsOf(rows, ['a', 'b'])?.effects[0]?.p ?? 1) < 0.05) counts.variance += 1;
      const ahead = values.filter(([a = 0, b = 0]) => a > b).length;
      const few = Math.min(ahead, n - ahead);
      if (signTestP(few, n, holdout / (1 - holdout)) < 0.05) counts.signs += 1;
      if (signTestP(few, n) < 0.05) counts.asIndependent += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / sets);
    expect(counts.variance / sets).toBeLessThan(0.05 + 3 * error);
    expect(counts.variance / sets).toBeGreaterThan(0.05 - 3 * error);
    expect(counts.signs / sets).toBeLessThan(0.05 + 3 * error);
    expect(counts.asIndependent / sets).toBeGreaterThan(0.1);
  });
});
