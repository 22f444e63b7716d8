import { describe, expect, it } from 'vitest';
import { compare, matrixOf, type Observation } from '../src/index.ts';
import { signTestP } from '../src/statistics/sign-test.ts';

const NEVER = Number.POSITIVE_INFINITY;
const runs = (f: string, values: readonly number[], more: Record<string, string> = {}): Observation[] =>
  values.map((value, i) => ({ params: { f, seed: i + 1, ...more }, value }));
const STEPS = { metric: 'stepsTo90', by: ['f'] } as const;
/** So many seeds that reached it soon, and the others never. */
const rarely = (reached: number, of: number) => Array.from({ length: of }, (_, i) => (i < reached ? 100 + i : NEVER));
const slow = (of: number) => Array.from({ length: of }, (_, i) => 200 + ((i * 7) % 11));

describe('a metric that waits for something', () => {
  it('bug: a level is not judged by its successes alone: 3 of 5', () => {
    const found = compare(
      [...runs('A', [100, 110, 105, NEVER, NEVER]), ...runs('B', [200, 210, 205, 190, 195])],
      STEPS,
    );
    expect(found.pairs[0]).toMatchObject({ nPairs: 5, p: 0.625, signs: { a: 3, b: 2, ties: 0, lead: -3 }, ci95: null });
    expect(found.pairs[0]).not.toHaveProperty('difference');
    expect(found.verdict).toMatchObject({ kind: 'tied', best: 'A', tied: ['B'], needed: null });
    expect(found.method).toMatchObject({ spread: 'ranks', correction: 'none', because: 'never' });
    const [a, b] = found.levels;
    expect(a).toMatchObject({ never: 2, diverged: 0, runs: 3, order: { seeds: 5, reached: 3, median: 110 } });
    expect(a?.summary).toMatchObject({ n: 3, mean: 105, sd: null, ci95: null });
    expect(b).not.toHaveProperty('order');
  });

  it('bug: nor 3 of 20: what always gets there is ahead', () => {
    const found = compare([...runs('A', rarely(3, 20)), ...runs('B', slow(20))], STEPS);
    expect(found.verdict).toMatchObject({ kind: 'best', best: 'B' });
    expect(found.pairs[0]).toMatchObject({ p: 2 ** -16, signs: { a: 3, b: 17, lead: 6 - 17 * 12 } }); // scipy.stats.permutation_test
    expect(signTestP(3, 20)).toBeCloseTo(0.002576828, 8); // by the signs alone: scipy.stats.binomtest(3, 20)
    expect(found.levels[0]?.order).toEqual({ seeds: 20, reached: 3, median: NEVER });
  });

  it('bug: one run that diverged, where all others got there, took the place of the numbers with their order', () => {
    const b = runs('B', [200, 210, 205, 190, 195]);
    const found = compare([...runs('A', [100, 110, 105, 102, Number.NaN]), ...b], STEPS);
    const without = compare([...runs('A', [100, 110, 105, 102]), ...b], STEPS);
    expect(found.method).toEqual(without.method);
    expect(found.method.because).not.toBe('never');
    expect(found.pairs[0]?.p).toBe(without.pairs[0]?.p);
    expect(found.verdict).toMatchObject({ kind: 'best', best: 'A' });
    expect(found.levels[0]).toMatchObject({ runs: 4, diverged: 1 });
  });

  it('knows the share of successes of levels that mostly fail, and a level that always does', () => {
    const found = compare([...runs('A', rarely(2, 9)), ...runs('B', rarely(4, 9)), ...runs('C', rarely(0, 9))], STEPS);
    expect(found.verdict).toMatchObject({ kind: 'tied', best: 'B', tied: ['A', 'C'] });
    expect(found.levels[2]).toMatchObject({ summary: null, never: 9, order: { reached: 0, seeds: 9 } });
    expect(found.pairs[1]).toMatchObject({ signs: { a: 2, b: 0, ties: 7 }, nPairs: 9, p: 0.5 });
    expect(found.pairs[1]?.pAdjusted).toBe(0.75);
  });

  it('tests numbers where every run got there, and counts a seed once', () => {
    const all = compare(
      [
        ...runs(
          'A',
          slow(5).map((steps) => steps - 80 + (steps % 3)),
        ),
        ...runs('B', slow(5)),
      ],
      STEPS,
    );
    expect(all.method.spread).toBe('own');
    expect(all.verdict).toMatchObject({ kind: 'best', best: 'A' });
    const crossed = ['x', 'y', 'z'].flatMap((other) => [
      ...runs('A', [100, NEVER, 120], { other }),
      ...runs('B', [200, 210, 220], { other }),
    ]);
    expect(compare(crossed, STEPS).pairs[0]).toMatchObject({ nPairs: 3, signs: { a: 2, b: 1, ties: 0 } });
  });

  it('counts a run that diverged as such, and not as one that never got there', () => {
    const found = compare([...runs('A', [100, 110, NEVER, Number.NaN]), ...runs('B', [200, 210, 205, 190])], STEPS);
    expect(found.levels[0]).toMatchObject({ never: 1, diverged: 1, order: { seeds: 3, reached: 2 } });
    expect(found.pairs[0]).toMatchObject({ nPairs: 3, nDiverged: 1 });
    const other = compare([...runs('A', [1, 2, NEVER]), ...runs('B', [3, 4, 5])], { metric: 'loss', by: ['f'] });
    expect(other.levels[0]).toMatchObject({ diverged: 1 });
    expect(other.levels[0]).not.toHaveProperty('never');
  });

  it('has its matrix from the same tests', () => {
    const cell = (f: string, g: string, values: readonly number[]) => runs(f, values, { g });
    const rows = [...cell('a', 'x', rarely(1, 12)), ...cell('a', 'y', slow(12)), ...cell('b', 'x', rarely(0, 12))];
    const { cells } = matrixOf(rows, { metric: 'stepsTo90', by: ['f', 'g'] });
    expect(cells.map(({ standing }) => standing)).toEqual(['worse', 'best', 'worse']);
  });
});

describe('the interval of a share', () => {
  const ACCURACY = { metric: 'testAccuracy', by: ['f'] } as const;
  const of = (values: readonly number[], others: readonly number[], metric = 'testAccuracy') =>
    compare([...runs('a', values), ...runs('b', others)], { ...ACCURACY, metric }).levels[0]?.summary;

  it('bug: holds no accuracy above 1', () => {
    const summary = of([0.97, 1, 0.99], [0.9, 0.91, 0.93]);
    const [low = 0, high = 0] = summary?.ci95 ?? [];
    expect(high).toBeLessThan(1);
    expect(low).toBeLessThan(0.95);
    // Student's, of the logit of the mean: 0.98667 ± 4.302653 x 0.0088192, divided by 0.98667 x 0.01333.
    const logit = (x: number) => Math.log(x / (1 - x));
    expect((logit(high) - logit(low)) / 2).toBeCloseTo(
      (4.302_652_73 * 0.008_819_17) / (0.986_666_67 * 0.013_333_33),
      4,
    );
    expect(of([0.97, 1, 0.99], [0.9, 0.91, 0.93], 'loss')?.ci95?.[1]).toBeGreaterThan(1);
  });

  it('bug: is no certainty where all seeds measured the same', () => {
    const rows = (right: readonly number[]) => right.map((count) => count / 30);
    const [low = 1, high = 0] = of(rows([30, 30, 30]), rows([29, 30, 28]))?.ci95 ?? [];
    expect(high).toBe(1);
    expect(low).toBeLessThan(0.98);
    const [below = 1, above = 0] = of(rows([27, 27, 27]), rows([29, 30, 28]))?.ci95 ?? [];
    expect([below < 0.89, above > 0.91]).toEqual([true, true]);
    expect(of([1, 1, 1], [1, 1, 1])?.ci95).toBeNull();
  });

  it('is of 0 as of 1, and Student’s in the middle', () => {
    const near = of([0.03, 0, 0.01], [0.1, 0.09, 0.07]);
    const far = of([0.97, 1, 0.99], [0.9, 0.91, 0.93]);
    expect(near?.ci95?.[0]).toBeCloseTo(1 - (far?.ci95?.[1] ?? 0), 12);
    const half = of([0.5, 0.51, 0.49], [0.1, 0.2, 0.3]);
    const student = of([0.5, 0.51, 0.49], [0.1, 0.2, 0.3], 'value');
    expect(half?.ci95?.[0]).toBeCloseTo(student?.ci95?.[0] ?? 0, 4);
    expect(of([0.5, 51, 0.49], [0.1, 0.2, 0.3])?.ci95?.[1], 'what is not between 0 and 1 is no share').toBeGreaterThan(
      1,
    );
  });
});
