import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, type Observation } from '../src/index.ts';
import { signTestP } from '../src/statistics/sign-test.ts';
import { signedRankP } from '../src/statistics/signed-ranks.ts';

interface Case {
  /** A value a seed; null where it never came. */
  readonly levels: readonly (readonly (number | null)[])[];
  readonly pairs: readonly { readonly lead?: number; readonly p: number; readonly pAdjusted: number }[];
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/order-tests.json', import.meta.url), 'utf8')) as {
  readonly ordered: readonly Case[];
  readonly constant: readonly Case[];
};
const NEVER = Number.POSITIVE_INFINITY;
const observed = (levels: Case['levels'], more: Observation['params'] = {}): Observation[] =>
  levels.flatMap((values, f) =>
    values.map((value, i) => ({ params: { f, seed: i + 1, ...more }, value: value ?? NEVER })),
  );
const STEPS = { metric: 'stepsTo90', by: ['f'] } as const;

describe('levels of which only the order counts', () => {
  it.each(fixture.ordered)(
    'have the p of all flips of their signed ranks, as enumerated by NumPy',
    ({ levels, pairs }) => {
      const found = compare(observed(levels), STEPS);
      expect(found.method).toMatchObject({ spread: 'ranks', correction: pairs.length > 1 ? 'flips' : 'none' });
      for (const [i, { lead, p, pAdjusted }] of pairs.entries()) {
        expect(found.pairs[i]?.signs?.lead).toBe(lead);
        expect(found.pairs[i]?.p).toBeCloseTo(p, 12);
        expect(found.pairs[i]?.pAdjusted).toBeCloseTo(pAdjusted, 12);
      }
    },
  );

  it.each(fixture.constant)('or of their signs, where all differences are the same', ({ levels, pairs }) => {
    const found = compare(observed(levels), { metric: 'score', by: ['f'], goal: 'highest' });
    expect(found.method).toMatchObject({ because: 'constant', correction: 'flips' });
    for (const [i, { p, pAdjusted }] of pairs.entries()) {
      expect(found.pairs[i]).toMatchObject({
        p: expect.closeTo(p, 12),
        pAdjusted: expect.closeTo(pAdjusted, 12),
        ci95: null,
      });
    }
  });

  it('bug: three levels that are the same distance apart in six seeds are told apart: the signs of a seed are one', () => {
    const levels = [0, 1, 2].map((level) => [0.1, 0.4, 0.2, 0.9, 0.5, 0.3].map((seed) => seed + level));
    const { verdict, pairs } = compare(observed(levels), { metric: 'score', by: ['f'], goal: 'highest' });
    expect(pairs.map(({ pAdjusted }) => pAdjusted)).toEqual([2 ** -5, 2 ** -5, 2 ** -5]); // 0.094 each by Bonferroni
    expect(verdict).toMatchObject({ kind: 'best', best: '2' });
  });

  it('of many seeds are tested one by one, exactly, and of splits of one file by signs alone', () => {
    const sooner = Array.from({ length: 40 }, (_, i) => 100 + i);
    const later = sooner.map((steps, i) => (i % 4 === 0 ? steps - 3 - i / 100 : steps + 5 + i / 100));
    const levels = [sooner, later, [...later.slice(1), null]];
    const found = compare(observed(levels), STEPS);
    expect(found.method).toMatchObject({ spread: 'ranks', correction: 'bonferroni', tests: 3 });
    // The 10 smallest of 40 ranks are against it: W = 55. R: 2 * psignrank(55, 40).
    expect(found.pairs[0]?.p).toBeCloseTo(1.03669663076e-7, 16);
    expect(signedRankP(Array.from({ length: 10 }, (_, i) => i + 1))).toBe(2 ** -9);
    const splits = compare(observed(levels.slice(0, 2), { 'data.name': 'csv', 'data.holdout': 0.2 }), STEPS);
    const never = compare(
      observed([levels[1] ?? [], levels[2] ?? []], { 'data.name': 'csv', 'data.holdout': 0.2 }),
      STEPS,
    );
    expect(splits.method.spread, 'all got there').toBe('own');
    expect(never.method).toMatchObject({ spread: 'signs', because: 'never' });
    const { a = 0, b = 0 } = never.pairs[0]?.signs ?? {};
    expect(never.pairs[0]?.p).toBeCloseTo(signTestP(Math.min(a, b), a + b, 0.25), 12);
    expect(never.pairs[0]?.signs?.lead).toBe(a - b);
  });

  it('has a seed of several runs ahead by those that never got there, and only then by steps', () => {
    const run = (f: string, other: string, seed: number, value: number): Observation => ({
      params: { f, other, seed },
      value,
    });
    const rows = [1, 2, 3, 4, 5, 6].flatMap((seed) => [
      ...[run('a', 'x', seed, seed === 6 ? NEVER : 100), run('a', 'y', seed, 100 + seed)],
      ...[run('b', 'x', seed, 400), run('b', 'y', seed, 300 - seed)],
    ]);
    const [pair] = compare(rows, STEPS).pairs;
    // In the last a never got there once, and was sooner by 188 otherwise: its rank is the first of six, against a.
    expect(pair?.signs).toEqual({ a: 5, b: 1, ties: 0, lead: 15 - 6 });
    expect(pair?.p).toBeCloseTo(28 / 64, 12); // R: 2 * psignrank(6, 6)
  });
});
