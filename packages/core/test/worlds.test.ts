import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, type Observation, type ParamValue } from '../src/index.ts';

type Interval = readonly [number, number];
interface Case {
  readonly case: string;
  readonly metric: string;
  readonly runs: readonly ({ readonly value: number | null } & Readonly<Record<string, ParamValue | null>>)[];
  readonly levels: readonly { level: string; n: number; runs: number; mean: number; ci95: Interval | null }[];
  readonly correction: string;
  readonly pairs: readonly {
    readonly a: string;
    readonly b: string;
    readonly nPairs: number;
    readonly difference: number;
    readonly p: number;
    readonly pAdjusted: number;
    readonly ci95: Interval;
    readonly effectSize: number;
  }[];
  readonly verdict: string;
}
const { cases } = JSON.parse(readFileSync(new URL('./fixtures/worlds.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

const close = (found: number | null | undefined, expected: number, what: string) =>
  expect(Math.abs((found ?? Number.NaN) - expected), what).toBeLessThanOrEqual(1e-6);

describe('a comparison, written a second time with NumPy, SciPy and statsmodels, says the same to 1e-6', () => {
  it.each(cases)('$case', ({ metric, runs, levels, correction, pairs, verdict }) => {
    const observations = runs.map(
      ({ value, ...params }): Observation => ({
        params: params as Observation['params'],
        value: value ?? Number.NaN,
      }),
    );
    const found = compare(observations, { metric, by: ['f'], goal: 'highest' });
    for (const { level, n, runs: finite, mean, ci95 } of levels) {
      const one = found.levels.find((other) => other.level === level);
      expect([one?.summary?.n, one?.runs], level).toEqual([n, finite]);
      close(one?.summary?.mean, mean, level);
      for (const end of [0, 1] as const) if (ci95) close(one?.summary?.ci95?.[end], ci95[end], level);
    }
    expect(found.method).toMatchObject({ correction, tests: pairs.length });
    expect(found.pairs.filter(({ pAdjusted }) => pAdjusted !== undefined)).toHaveLength(pairs.length);
    for (const { a, b, nPairs, difference, p, pAdjusted, ci95, effectSize } of pairs) {
      const pair = found.pairs.find((other) => other.a === a && other.b === b);
      expect(pair?.nPairs, `${a} against ${b}`).toBe(nPairs);
      for (const [key, value] of Object.entries({ difference, p, pAdjusted, effectSize })) {
        close(pair?.[key as 'p'], value, `${key} of ${a} against ${b}`);
      }
      for (const end of [0, 1] as const) close(pair?.ci95?.[end], ci95[end], `${a} against ${b}`);
    }
    expect(found.verdict.kind).toBe(verdict);
  });
});
