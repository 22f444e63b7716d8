import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  chosenFactors,
  compare,
  defaultFactors,
  designOf,
  factorsOf,
  matrixOf,
  type Observation,
  resolveFactor,
  summarize,
  varyingFactors,
  varyingPaths,
} from '../src/index.ts';
import { pairsNeeded, power } from '../src/statistics/power.ts';
import { holm } from '../src/statistics/student.ts';

interface Fixture {
  comparisons: {
    groups: Record<string, number[]>;
    levels: { level: string; n: number; mean: number; sd: number; ci95: [number, number] }[];
    pairs: {
      a: string;
      b: string;
      difference: number;
      p: number;
      pAdjusted: number;
      effectSize: number;
      ci95: [number, number];
    }[];
  }[];
  crossed: {
    rows: { f: string; other: number; seed: number; value: number }[];
    levels: { level: string; n: number; mean: number; sd: number; ci95: [number, number] }[];
    pairs: { a: string; b: string; n: number; difference: number; p: number; ci95: [number, number] }[];
  }[];
  powers: { d: number; alpha: number; needed: number; powers: [n: number, power: number][] }[];
}
const fixture = JSON.parse(
  readFileSync(new URL('./fixtures/scipy-comparison.json', import.meta.url), 'utf8'),
) as Fixture;

/** Runs of a factor `f`, one per value, seeds from 1. */
const runs = (groups: Record<string, readonly number[]>, params: Record<string, Record<string, string>> = {}) =>
  Object.entries(groups).flatMap(([level, values]) =>
    values.map((value, i): Observation => ({ params: { f: level, seed: i + 1, ...params[level] }, value })),
  );

const close = (found: number | null | undefined, expected: number, digits = 8) => {
  const scale = Math.max(Math.abs(expected), 1e-300);
  expect(Math.abs((found ?? Number.NaN) - expected) / scale).toBeLessThan(10 ** -digits);
};

describe('a comparison', () => {
  it.each(fixture.comparisons.map((item, i) => [i, item] as const))('is what SciPy finds: %i', (_, item) => {
    const found = compare(runs(item.groups), { metric: 'score', by: ['f'], goal: 'highest' });
    expect(found.levels.map(({ level }) => level)).toEqual(item.levels.map(({ level }) => level));
    for (const [i, { n, mean, sd, ci95 }] of item.levels.entries()) {
      const summary = found.levels[i]?.summary;
      expect(summary?.n).toBe(n);
      close(summary?.mean, mean);
      close(summary?.sd, sd);
      close(summary?.ci95?.[0], ci95[0], 7);
      close(summary?.ci95?.[1], ci95[1], 7);
    }
    expect(found.pairs.map(({ a, b }) => [a, b])).toEqual(item.pairs.map(({ a, b }) => [a, b]));
    for (const [i, pair] of item.pairs.entries()) {
      const other = found.pairs[i];
      close(other?.difference, pair.difference);
      close(other?.effectSize, pair.effectSize);
      close(other?.p, pair.p, 6);
      close(other?.pAdjusted, pair.pAdjusted, 6);
      close(other?.ci95?.[0], pair.ci95[0], 6);
      close(other?.ci95?.[1], pair.ci95[1], 6);
    }
  });

  it.each(fixture.crossed.map((item, i) => [i, item] as const))(
    'bug: seeds are repetitions, and not the runs of a factor that is not compared: %i',
    (_, { rows, levels, pairs }) => {
      const observations = rows.map(({ value, ...params }): Observation => ({ params, value }));
      const found = compare(observations, { metric: 'loss', by: ['f'] });
      expect(found.levels.map(({ level, runs }) => [level, runs])).toEqual(
        levels.map(({ level, n }) => [level, (n * rows.length) / levels.length / n]),
      );
      for (const [i, { n, mean, sd, ci95 }] of levels.entries()) {
        const summary = found.levels[i]?.summary;
        expect(summary?.n).toBe(n);
        close(summary?.mean, mean);
        close(summary?.sd, sd);
        close(summary?.ci95?.[0], ci95[0], 7);
        close(summary?.ci95?.[1], ci95[1], 7);
      }
      for (const [i, { a, b, n, difference, p, ci95 }] of pairs.entries()) {
        const pair = found.pairs[i];
        expect([pair?.a, pair?.b, pair?.nPairs]).toEqual([a, b, n]);
        close(pair?.difference, difference, 6);
        close(pair?.p, p, 6);
        close(pair?.ci95?.[0], ci95[0], 6);
        close(pair?.ci95?.[1], ci95[1], 6);
      }
      const both = matrixOf(observations, { metric: 'loss', by: ['f', 'other'] });
      expect(both.cells.every(({ summary }) => summary?.n === levels[0]?.n)).toBe(true);
    },
  );

  it.each(fixture.powers)(
    'needs the seeds that show $d in 80% of the cases at $alpha',
    ({ d, alpha, needed, powers }) => {
      expect(pairsNeeded(d, alpha)).toBe(needed);
      for (const [n, expected] of powers) expect(power(d, n, alpha)).toBeCloseTo(expected, 6);
    },
  );

  it('bug: differences that are all the same have no p of 0, no interval and no size', () => {
    const steps = compare(runs({ a: [0.9, 0.8, 0.7], b: [0.8, 0.7, 0.6] }), { metric: 'accuracy', by: ['f'] });
    expect(steps.pairs[0]).toMatchObject({ nPairs: 3, p: 0.25, ci95: null, effectSize: null });
    expect(steps.verdict).toMatchObject({ kind: 'tied', best: 'a', needed: null });
    const five = compare(runs({ a: Array(5).fill(1), b: Array(5).fill(0.9) }), { metric: 'accuracy', by: ['f'] });
    expect(five.pairs[0]?.p).toBe(0.0625);
    const six = compare(runs({ a: Array(6).fill(1), b: Array(6).fill(0.9) }), { metric: 'accuracy', by: ['f'] });
    expect(six.verdict).toMatchObject({ kind: 'best', best: 'a' });
  });

  it.each([1e-170, 1, 1e160])('bug: differences are what they are on any scale: %d', (scale) => {
    const groups = { a: [1, 2, 4].map((value) => value * scale), b: [0, 0, 0] };
    const pair = compare(runs(groups), { metric: 'accuracy', by: ['f'] }).pairs[0];
    expect(pair?.p).toBeCloseTo(0.1181, 4); // scipy.stats.ttest_1samp([1, 2, 4], 0)
    expect(pair?.ci95?.every(Number.isFinite)).toBe(true);
  });

  it('bug: one level of too few seeds keeps the others from no verdict, and is named', () => {
    const groups = { a: [0.91, 0.912, 0.909, 0.911, 0.91], b: [0.806, 0.805, 0.807, 0.806, 0.808] };
    const weak = compare(runs({ ...groups, c: [0.1] }), { metric: 'accuracy', by: ['f'] });
    expect(weak.verdict).toMatchObject({ kind: 'best', best: 'a', over: { a: 'a', b: 'b' }, untested: ['c'] });
    const lucky = compare(runs({ ...groups, c: [0.99] }), { metric: 'accuracy', by: ['f'] });
    expect(lucky.verdict).toMatchObject({ kind: 'best', best: 'a', untested: ['c'] });
  });

  it('bug: the matrix and the verdict call the same cells no worse than the best', () => {
    const cell = (f: string, g: string, values: readonly number[]) =>
      values.map((value, i): Observation => ({ params: { f, g, seed: i + 1 }, value }));
    const observations = [
      ...cell('x', 'u', [0.9, 0.905, 0.902]),
      ...cell('x', 'v', [0.895, 0.8989, 0.8948]), // worse by one test of three, and not by one of six
      ...cell('y', 'u', [0.7, 0.9, 0.71]),
      ...cell('y', 'v', [0.5, 0.8, 0.85]),
    ];
    const options = { metric: 'accuracy', by: ['f', 'g'] } as const;
    const { verdict, pairs } = compare(observations, options);
    const { cells } = matrixOf(observations, options);
    expect(3 * (pairs[0]?.p ?? 1)).toBeLessThan(0.05);
    expect(pairs[0]?.pAdjusted).toBeGreaterThan(0.05);
    expect(cells.map(({ standing }) => standing)[1]).toBe('tied');
    expect(verdict).toMatchObject({ kind: 'tied', best: 'x + u', tied: expect.arrayContaining(['x + v']) });
  });

  it('finds a true difference', () => {
    const groups = { sgd: [0.5, 0.51, 0.49, 0.5, 0.52], adam: [0.93, 0.95, 0.94, 0.94, 0.95] };
    const { verdict } = compare(runs(groups), { metric: 'accuracy', by: ['f'] });
    expect(verdict).toMatchObject({ kind: 'best', best: 'adam' });
    expect(compare(runs(groups), { metric: 'loss', by: ['f'] }).verdict).toMatchObject({ kind: 'best', best: 'sgd' });
  });

  it('finds none where there is none, and says how many seeds would do', () => {
    const groups = { a: [0.9, 0.92, 0.88, 0.91], b: [0.91, 0.9, 0.9, 0.9] };
    const { verdict } = compare(runs(groups), { metric: 'accuracy', by: ['f'] });
    expect(verdict).toMatchObject({ kind: 'tied' });
    expect((verdict as { needed: number | null }).needed ?? 1001).toBeGreaterThan(4);
    const same = compare(runs({ a: [1, 2, 3], b: [1, 2, 3] }), { metric: 'accuracy', by: ['f'] });
    expect(same.pairs[0]).toMatchObject({ difference: 0, p: 1, pAdjusted: 1, effectSize: null });
    expect(same.verdict).toMatchObject({ kind: 'tied', needed: null });
  });

  it('names no winner of two seeds, however far apart', () => {
    const { verdict, pairs } = compare(runs({ a: [0.1, 0.1001], b: [0.9, 0.9002] }), { metric: 'accuracy', by: ['f'] });
    expect(verdict).toEqual({ kind: 'not-enough-runs', pairs: 2, needed: 3, diverged: 0 });
    expect(3 * (pairs[0]?.p ?? 1)).toBeLessThan(0.05);
    const one = compare(runs({ a: [0.1], b: [0.9] }), { metric: 'accuracy', by: ['f'] });
    expect(one.verdict).toEqual({ kind: 'not-enough-runs', pairs: 0 + 1, needed: 3, diverged: 0 });
    expect(one.levels[0]?.summary).toMatchObject({ sd: null, ci95: null });
    expect(one.pairs[0]).toEqual({ a: 'a', b: 'b', nPairs: 1, nDiverged: 0, confounds: [] });
  });

  it('says aloud that the groups differ in more than the factor', () => {
    const groups = { linear: [0.5, 0.5, 0.51], relu: [0.94, 0.95, 0.94] };
    const confounded = runs(groups, { linear: { 'optimizer.name': 'sgd' }, relu: { 'optimizer.name': 'adam' } });
    const found = compare(confounded, { metric: 'accuracy', by: ['f'] });
    expect(found.confounds).toEqual(['optimizer.name']);
    expect(found.verdict).toEqual({ kind: 'confounded', paths: ['optimizer.name'] });
    expect(found.pairs[0]?.nPairs, 'still paired by seed').toBe(3);
    expect(compare(confounded, { metric: 'accuracy', by: ['f', 'optimizer.name'] }).verdict.kind).toBe('best');
  });

  it('pairs the runs of a seed that share all else', () => {
    const grid = ['x', 'y'].flatMap((g) =>
      ['a', 'b'].flatMap((f) =>
        [1, 2].map((seed): Observation => {
          const value = (g === 'x' ? 10 : 20) + (f === 'a' ? 1 : 2) + seed / 10;
          return { params: { f, g, seed }, value };
        }),
      ),
    );
    const { pairs, confounds } = compare(grid, { metric: 'accuracy', by: ['f'] });
    expect(confounds).toEqual([]);
    expect(pairs[0]).toMatchObject({ nPairs: 2 });
    expect(pairs[0]?.difference).toBeCloseTo(-1, 12);
  });

  it('counts runs that repeat a config as one, and runs that diverged not at all', () => {
    const repeated = [...runs({ a: [1, 2, 3], b: [2, 3, 4] }), ...runs({ a: [3, 2, 1] })];
    expect(compare(repeated, { metric: 'accuracy', by: ['f'] }).pairs[0]?.nPairs).toBe(3);
    const diverged = compare(runs({ a: [1, Number.NaN, 3], b: [Number.POSITIVE_INFINITY, Number.NaN, Number.NaN] }), {
      metric: 'accuracy',
      by: ['f'],
    });
    expect(diverged.levels).toMatchObject([{ diverged: 1 }, { diverged: 3, summary: null }]);
    expect(diverged.verdict).toEqual({ kind: 'one-level' });
  });

  it('bug: crowns no level that loses every pair, whatever its mean over the runs that did not diverge', () => {
    // A diverges on the five hard seeds; on the easy ones, which both have, B is better each time.
    const a = [0.9, 0.901, 0.899, 0.9, 0.902, ...Array(5).fill(Number.NaN)];
    const b = [0.93, 0.931, 0.93, 0.929, 0.932, 0.6, 0.61, 0.6, 0.59, 0.6];
    const { verdict, levels } = compare(runs({ a, b }), { metric: 'accuracy', by: ['f'] });
    expect((levels[0]?.summary?.mean ?? 0) > (levels[1]?.summary?.mean ?? 1)).toBe(true);
    expect(verdict).toMatchObject({ kind: 'contradicted', best: 'a', by: { a: 'a', b: 'b', nPairs: 5 } });
    const loss = (values: number[]) => values.map((value) => 1 - value);
    const mirrored = compare(runs({ a: loss(a), b: loss(b) }), { metric: 'loss', by: ['f'] });
    expect(mirrored.verdict).toMatchObject({ kind: 'contradicted', best: 'a' });
  });

  it('bug: a level whose runs all diverged does not keep the others from a verdict', () => {
    const groups = { a: [0.9, 0.91, 0.9], b: [0.5, 0.51, 0.49], c: Array(3).fill(Number.NaN) };
    const { verdict } = compare(runs(groups), { metric: 'accuracy', by: ['f'] });
    expect(verdict).toMatchObject({ kind: 'best', best: 'a', over: { a: 'a', b: 'b' } });
  });

  it('bug: says that runs diverged, and not that too few share a seed', () => {
    const nan = Number.NaN;
    const groups = { a: [0.9, 0.91, nan, nan], b: [nan, 0.5, 0.51, 0.5] };
    const { verdict, pairs } = compare(runs(groups), { metric: 'accuracy', by: ['f'] });
    expect(pairs[0]).toMatchObject({ nPairs: 1, nDiverged: 3 });
    expect(verdict).toEqual({ kind: 'not-enough-runs', pairs: 1, needed: 3, diverged: 3 });
  });

  it('bug: calls no two levels confounded that differ in nothing else', () => {
    const groups = { a: [0.9, 0.91, 0.9], b: [0.5, 0.51, 0.49], c: [0.7, 0.71, 0.7] };
    const { confounds, pairs } = compare(runs(groups, { a: { lr: '0.1' }, b: { lr: '0.1' }, c: { lr: '0.2' } }), {
      metric: 'accuracy',
      by: ['f'],
    });
    expect(confounds).toEqual(['lr']);
    expect(pairs.map(({ a, b, confounds: others }) => [a + b, others])).toEqual([
      ['ab', []],
      ['ac', ['lr']],
      ['bc', ['lr']],
    ]);
  });

  it('does not call a field that only one kind has a confound', () => {
    const observations = runs(
      { sgd: [1, 2, 3], momentum: [2, 3, 4] },
      { sgd: { 'optimizer.name': 'sgd' }, momentum: { 'optimizer.name': 'momentum', 'optimizer.momentum': '0.9' } },
    );
    expect(designOf(observations, ['optimizer.name', 'f']).confounds).toEqual([]);
    expect(compare(observations, { metric: 'accuracy', by: ['optimizer.name', 'f'] }).pairs[0]?.nPairs).toBe(3);
  });

  it('is by the first factor that somebody chose, the own ones of the study before others', () => {
    const run = (optimizer: string, epochs: number, rest: Observation['params'] = {}) => ({
      params: { seed: 1, epochs, 'optimizer.name': optimizer, ...rest },
    });
    const runs = [run('sgd', 1), run('momentum', 2, { 'optimizer.momentum': 0.9 })];
    const varying = varyingFactors(runs, factorsOf('spiral'));
    expect(varying).toEqual(['optimizer.name', 'epochs', 'optimizer.momentum']);
    expect(varyingFactors(runs, factorsOf('a later one'))).toEqual(['epochs', 'optimizer.momentum', 'optimizer.name']);
    expect(chosenFactors(runs, varying)).toEqual(['optimizer.name', 'epochs']);
    expect(defaultFactors(chosenFactors(runs, varying))).toEqual(['optimizer.name']);
    expect(defaultFactors([])).toEqual([]);
  });

  it('knows a factor by a part of its path, and what varies where it does not', () => {
    const observations: Observation[] = [
      { params: { seed: 1, 'optimizer.name': 'sgd', 'optimizer.lr': 0.1, 'model.activation': 'relu' }, value: 1 },
      { params: { seed: 1, 'optimizer.name': 'adam', 'optimizer.lr': 0.2, 'model.activation': 'tanh' }, value: 1 },
    ];
    expect(varyingPaths(observations)).toEqual(['model.activation', 'optimizer.lr', 'optimizer.name']);
    expect(resolveFactor('optimizer', observations)).toBe('optimizer.name');
    expect(resolveFactor('lr', observations)).toBe('optimizer.lr');
    expect(resolveFactor('model.activation', observations)).toBe('model.activation');
    expect(() => resolveFactor('optimiser', observations)).toThrow('Did you mean "optimizer"?');
    expect(() => resolveFactor('lr', observations.slice(1))).toThrow('differ in nothing but their seeds');
  });
});

describe('small things', () => {
  it('corrects as Holm does, in any order', () => {
    const expected = [0.03, 0.06, 0.06];
    for (const [i, p] of holm([0.01, 0.04, 0.03]).entries()) expect(p).toBeCloseTo(expected[i] as number, 12);
    expect(holm([])).toEqual([]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
  });

  it('needs no number of pairs for an effect that none would show', () => {
    expect(pairsNeeded(0.01, 0.05)).toBeNull();
  });

  it('summarizes nothing as an error', () => {
    expect(() => summarize([])).toThrow('expected at least one value');
  });
});

describe('files that are compared', () => {
  const on = (name: string, sha256: string, seed: number, value: number): Observation => ({
    params: { seed, 'data.name': 'csv', 'data.path': name, 'data.sha256': sha256 },
    value,
  });

  it('are levels of data.path alone: their hashes are no confound', () => {
    const seeds = [1, 2, 3, 4];
    const observations = seeds.flatMap((seed) => [
      on('a1.csv', 'a', seed, 0.9 + seed / 1000),
      on('a2.csv', 'b', seed, 0.8 + seed / 500),
    ]);
    expect(varyingPaths(observations)).toEqual(['data.path']);
    expect(resolveFactor('path', observations)).toBe('data.path');
    const { confounds, pairs, verdict } = compare(observations, { metric: 'accuracy', by: ['data.path'] });
    expect(confounds).toEqual([]);
    expect(pairs).toMatchObject([{ nPairs: 4 }]);
    expect(verdict.kind).toBe('best');
  });
});

describe('levels that are too many to be tested against each other', () => {
  it('are refused before their pairs are made', () => {
    const observations = Array.from({ length: 20_000 }, (_, i) => ({ params: { seed: 1, epochs: i }, value: i }));
    expect(() => compare(observations, { metric: 'accuracy', by: ['epochs'] })).toThrow(
      '--by: epochs has 20000 levels, at most 300 are tested against each other; compare by another factor, or fewer runs',
    );
  });
});
