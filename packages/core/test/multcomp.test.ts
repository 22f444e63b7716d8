import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, effectsOf, type Observation } from '../src/index.ts';
import { power } from '../src/statistics/power.ts';
import { signTestP } from '../src/statistics/sign-test.ts';
import { holm } from '../src/statistics/student.ts';

type Interval = readonly [number, number];
interface Row {
  readonly seed: number;
  readonly value: number;
}
interface RPair {
  readonly a: string;
  readonly b: string;
  readonly difference: number;
  readonly p: number;
  readonly simulated: { readonly p: number; readonly ci95: Interval };
  readonly pAdjusted: number;
  readonly ci95: Interval;
}
interface Blocked {
  readonly rows: readonly (Row & { readonly f: string })[];
  readonly df: number;
  readonly pairs: readonly RPair[];
}
interface Fixture {
  readonly complete: readonly Blocked[];
  readonly incomplete: readonly Blocked[];
  readonly samples: readonly {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly margin: number;
    readonly welch: { readonly p: number; readonly ci95: Interval };
    readonly paired?: { readonly p: number; readonly ci95: Interval; readonly pSame: number };
  }[];
  readonly variance: readonly {
    readonly rows: readonly (Row & { readonly a: string; readonly b: string })[];
    readonly squares: Readonly<Record<'a' | 'b' | 'ab' | 'seed' | 'residual', number>>;
    readonly tests?: Readonly<Record<'a' | 'b' | 'ab', { readonly f: number; readonly p: number }>>;
  }[];
  readonly powers: readonly {
    readonly d: number;
    readonly n: number;
    readonly alpha: number;
    readonly power: number;
  }[];
  readonly signs: readonly { readonly few: number; readonly n: number; readonly p: number }[];
  readonly holm: { readonly p: readonly number[]; readonly adjusted: readonly number[] };
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/multcomp.json', import.meta.url), 'utf8')) as Fixture;

const observed = (rows: readonly Row[]): Observation[] => rows.map(({ value, ...params }) => ({ params, value }));
const runs = (f: string, values: readonly number[], from = 1): Observation[] =>
  values.map((value, i) => ({ params: { f, seed: from + i }, value }));
const SCORE = { metric: 'score', by: ['f'], goal: 'highest' } as const;

const close = (found: number | null | undefined, expected: number, tolerance = 1e-6) =>
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
const closeEnds = (found: Interval | null | undefined, [low, high]: Interval, tolerance = 1e-6) => {
  close(found?.[0], low, tolerance);
  close(found?.[1], high, tolerance);
};

describe('all pairs of levels with the seeds as blocks', () => {
  it.each(fixture.complete)(
    'are what TukeyHSD, ptukey and glht find on $df degrees of freedom',
    ({ rows, df, pairs }) => {
      const found = compare(observed(rows), SCORE);
      expect(found.method).toMatchObject({ correction: 'tukey', spread: 'common', df, tests: pairs.length });
      const scale = Math.max(...rows.map(({ value }) => Math.abs(value)));
      for (const [i, { a, b, difference, p, pAdjusted, ci95, simulated }] of pairs.entries()) {
        const pair = found.pairs[i];
        expect([pair?.a, pair?.b]).toEqual([a, b]);
        close(pair?.difference, difference);
        close(pair?.p, p);
        close(pair?.pAdjusted, pAdjusted);
        closeEnds(pair?.ci95, ci95, 1e-6 * scale);
        // glht integrates the multivariate t by random numbers.
        close(pair?.pAdjusted, simulated.p, 2e-3);
        closeEnds(pair?.ci95, simulated.ci95, 0.01 * (ci95[1] - ci95[0]));
      }
    },
  );

  it.each(fixture.incomplete)(
    'have glht’s differences where seeds lack a level, and are no bolder than it: $df degrees of freedom',
    ({ rows, df, pairs }) => {
      const found = compare(observed(rows), SCORE);
      expect(found.method).toMatchObject({ correction: 'sidak', spread: 'common', df });
      for (const [i, { difference, p, simulated }] of pairs.entries()) {
        const pair = found.pairs[i];
        close(pair?.difference, difference);
        close(pair?.p, p);
        expect(pair?.pAdjusted).toBeGreaterThan(simulated.p - 1e-3);
        expect(pair?.pAdjusted).toBeLessThan(1.6 * simulated.p + 1e-3);
        const [low, high] = simulated.ci95;
        const width = (pair?.ci95?.[1] ?? 0) - (pair?.ci95?.[0] ?? 0);
        expect(width / (high - low)).toBeGreaterThan(0.999);
        expect(width / (high - low)).toBeLessThan(1.1);
      }
    },
  );
});

it.each(fixture.samples)('two levels are what t.test finds, paired and apart: margin $margin', (sample) => {
  const { a, b, margin, welch, paired } = sample;
  const apart = compare([...runs('a', a), ...runs('b', b, 100)], SCORE).pairs[0];
  close(apart?.p, welch.p);
  closeEnds(apart?.ci95, welch.ci95);
  if (!paired) return;
  const pair = compare([...runs('a', a), ...runs('b', b)], { ...SCORE, margin }).pairs[0];
  close(pair?.p, paired.p);
  closeEnds(pair?.ci95, paired.ci95);
  close(pair?.pSame, paired.pSame);
});

it.each(fixture.variance)(
  'the variance table is that of car::Anova type 3, and of aov with an error of the seeds',
  (of) => {
    const { rows, squares, tests } = of;
    const found = effectsOf(observed(rows), ['a', 'b']);
    const names = { a: 'a', b: 'b', ab: 'a x b', seed: 'seed' } as const;
    for (const [key, source] of Object.entries(names) as [keyof typeof names, string][]) {
      const line = found?.effects.find((effect) => effect.source === source);
      close(line?.sumOfSquares, squares[key]);
      if (!tests || key === 'seed') continue;
      close((line?.f ?? 0) / tests[key].f, 1);
      close(line?.p, tests[key].p);
    }
    close(found?.residual.sumOfSquares, squares.residual);
    expect(found?.isBalanced).toBe(tests !== undefined);
  },
);

it('power, signs and Holm’s correction are those of power.t.test, binom.test and p.adjust', () => {
  for (const { d, n, alpha, power: expected } of fixture.powers) close(power(d, n, alpha), expected);
  for (const { few, n, p } of fixture.signs) close(signTestP(few, n), p, 1e-12);
  for (const [i, p] of holm(fixture.holm.p).entries()) close(p, fixture.holm.adjusted[i] ?? Number.NaN, 1e-12);
});
