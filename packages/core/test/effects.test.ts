import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Effect, type Effects, effectsOf, type Observation, Rng } from '../src/index.ts';

interface Case {
  readonly rows: ({ seed: number; value: number } & Record<string, string | number>)[];
  readonly isBalanced: boolean;
  readonly effects: Pick<Effect, 'source' | 'df' | 'sumOfSquares' | 'share' | 'f' | 'dfError' | 'p'>[];
  readonly residual: Effects['residual'];
}
const { cases } = JSON.parse(readFileSync(new URL('./fixtures/variance.json', import.meta.url), 'utf8')) as {
  cases: Record<string, Case>;
};

const observed = (rows: Case['rows']): Observation[] => rows.map(({ value, ...params }) => ({ params, value }));
const factorsOf = ([row]: Case['rows']): string[] =>
  Object.keys(row ?? {}).filter((key) => key !== 'seed' && key !== 'value');
const shareOf = (effects: Effects | null, source: string): number =>
  effects?.effects.find((effect) => effect.source === source)?.share ?? Number.NaN;

/** Equal to so many digits of the expected one. */
const close = (found: number | null | undefined, expected: number | null, tolerance = 1e-6) => {
  if (expected === null) expect(found).toBeNull();
  else expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected) + 1e-14);
};

describe('the variance of a grid', () => {
  it.each(Object.entries(cases))('is taken apart as statsmodels does: %s', (_, item) => {
    const found = effectsOf(observed(item.rows), factorsOf(item.rows));
    expect(found?.isBalanced).toBe(item.isBalanced);
    expect(found?.effects.map(({ source, df, dfError }) => [source, df, dfError])).toEqual(
      item.effects.map(({ source, df, dfError }) => [source, df, dfError]),
    );
    for (const [i, { sumOfSquares, share, f, p }] of item.effects.entries()) {
      const effect = found?.effects[i];
      close(effect?.sumOfSquares, sumOfSquares);
      close(effect?.share, share);
      close(effect?.f, f);
      close(effect?.p, p);
    }
    expect(found?.residual.df).toBe(item.residual.df);
    close(found?.residual.sumOfSquares, item.residual.sumOfSquares);
    close(found?.residual.share, item.residual.share);
  });

  it('is the same by least squares as by means', async () => {
    const { balancedVariance } = await import('../src/statistics/balanced-variance.ts');
    const { fittedVariance } = await import('../src/statistics/fitted-variance.ts');
    const { layoutOf } = await import('../src/statistics/layout.ts');
    const { measured } = await import('../src/statistics/variance.ts');
    const { rows } = cases['three factors'] as Case;
    const layout = layoutOf(observed(rows), factorsOf(rows));
    const { values } = measured(layout.rows);
    const [byMeans, bySquares] = [balancedVariance(layout, values), fittedVariance(layout, values)];
    expect(bySquares?.lines.map(({ of, df, dfError }) => [of, df, dfError])).toEqual(
      byMeans.lines.map(({ of, df, dfError }) => [of, df, dfError]),
    );
    for (const [i, { sum, error }] of byMeans.lines.entries()) {
      close(bySquares?.lines[i]?.sum, sum, 1e-9);
      close(bySquares?.lines[i]?.error, error, 1e-9);
    }
  });

  it('bug: a factor that is not looked at is no seed: it has its own line, and hides the others no more', () => {
    const rng = Rng.of(3);
    const [activations, optimizers, rates] = [
      ['linear', 'relu'],
      ['sgd', 'adam'],
      [0.1, 0.01, 0.001],
    ];
    const shift = Array.from({ length: 5 }, () => 0.0005 * rng.normal());
    const observations = activations.flatMap((activation, a) =>
      optimizers.flatMap((optimizer, o) =>
        rates.flatMap((lr, r) =>
          shift.map(
            (shift, i): Observation => ({
              params: { 'model.activation': activation, 'optimizer.name': optimizer, 'optimizer.lr': lr, seed: i + 1 },
              value: 0.5 + 0.05 * a + 0.1 * o + 0.2 * r + shift + 0.002 * rng.normal(),
            }),
          ),
        ),
      ),
    );
    const found = effectsOf(observations, ['model.activation', 'optimizer.name', 'optimizer.lr']);
    expect(shareOf(found, 'optimizer.lr')).toBeCloseTo(0.895, 2);
    expect(shareOf(found, 'seed')).toBeLessThan(0.0005);
    const [activation, optimizer] = found?.effects ?? [];
    expect([activation?.source, optimizer?.source]).toEqual(['model.activation', 'optimizer.name']);
    expect(activation?.pAdjusted).toBeLessThan(1e-4);
    expect(optimizer?.pAdjusted).toBeLessThan(1e-5);
    expect(found?.residual.share).toBeLessThan(0.001);
  });

  it('bug: unequal numbers of runs give no factor what another explains', () => {
    // a better than b by -0.02 at each rate, and mostly run at the better rate.
    const cell = (f: string, lr: number, seeds: number): Observation[] =>
      Array.from({ length: seeds }, (_, i) => ({
        params: { f, lr, seed: i + 1 },
        value:
          (f === 'a' ? 0.88 : 0.9) - (lr === 0.1 ? 0 : 0.35) + Math.sin(7 * i + (f === 'a' ? 1 : 2) + 40 * lr) / 400,
      }));
    const observations = [...cell('a', 0.1, 12), ...cell('a', 0.01, 2), ...cell('b', 0.1, 2), ...cell('b', 0.01, 12)];
    const found = effectsOf(observations, ['f', 'lr']);
    expect(found?.isBalanced).toBe(false);
    expect(shareOf(found, 'f')).toBeLessThan(0.01);
    expect(found?.effects[0]).toMatchObject({ source: 'f', df: 1 });
    expect(found?.effects[0]?.p).toBeLessThan(0.001);
  });
});

describe('the lines of a variance', () => {
  const { rows } = cases['two factors'] as Case;

  it('are corrected for one another', () => {
    const found = effectsOf(observed(rows), ['a', 'b']);
    const tested = found?.effects.filter(({ p }) => p !== null) ?? [];
    const sorted = tested.map(({ p }) => p as number).sort((x, y) => x - y);
    expect(tested).toHaveLength(3);
    expect(tested.find(({ p }) => p === sorted[0])?.pAdjusted).toBeCloseTo(Math.min(1, 3 * (sorted[0] as number)), 12);
  });

  it('count a seed once, however many runs it has, and say how many diverged', () => {
    const once = effectsOf(observed(rows), ['a', 'b']);
    const twice = effectsOf([...observed(rows), ...observed(rows.slice(0, 7))], ['a', 'b']);
    for (const [i, effect] of (once?.effects ?? []).entries()) close(twice?.effects[i]?.p, effect.p, 1e-12);
    const diverged = observed(rows).map((run, i) => (i === 3 ? { ...run, value: Number.NaN } : run));
    const found = effectsOf(diverged, ['a', 'b']);
    expect(found).toMatchObject({ diverged: 1, isBalanced: false, error: 'seeds' });
    for (const { source, share, p } of found?.effects ?? []) {
      expect(Number.isFinite(share)).toBe(true);
      expect(p === null).toBe(source === 'seed');
    }
  });

  it('are not of what cannot be told apart, and say so', () => {
    const run = (a: string, b: string, seed: number, value: number): Observation => ({ params: { a, b, seed }, value });
    const together = effectsOf(
      [1, 2, 3].flatMap((seed) => [run('x', 'u', seed, seed / 10), run('y', 'v', seed, 1 + seed ** 2 / 10)]),
      ['a', 'b'],
    );
    expect(together?.effects.map(({ source, of }) => [source, of])).toEqual([
      ['a + b', [['a', 'b']]],
      ['seed', []],
    ]);
    const nested = effectsOf(
      [1, 2, 3].flatMap((seed) => [
        run('x', 'u', seed, seed / 10),
        run('x', 'v', seed, 1 + seed ** 2 / 10),
        run('y', 'w', seed, 1 + seed ** 3 / 10),
        run('y', 'z', seed, 2 + seed ** 2 / 10),
      ]),
      ['a', 'b'],
    );
    expect(nested?.effects.map(({ source, df }) => [source, df])).toEqual([
      ['b', 2],
      ['seed', 2],
    ]);
    expect(nested?.leftOut).toEqual([
      { source: 'a x b', of: [['a'], ['b']], why: 'empty-cells' },
      { source: 'a', of: [['a']], why: 'aliased' },
    ]);
    const lost = observed(rows).map((run) => (run.params.b === 'b1' ? { ...run, value: Number.NaN } : run));
    expect(effectsOf(lost, ['a', 'b'])).toMatchObject({
      leftOut: [{ source: 'b', why: 'one-level' }],
      diverged: 10,
      effects: [{ source: 'a' }, { source: 'seed' }],
    });
  });

  it('have no p where there is no spread, and none where seeds are shared by some combinations alone', () => {
    const flat = effectsOf(
      observed(rows).map((run) => ({ ...run, value: run.params.a === 'a0' ? 0.1 + 0.2 : 0.3 })),
      ['a', 'b'],
    );
    expect(flat?.effects.map(({ f, p, pAdjusted }) => [f, p, pAdjusted])).toEqual(Array(4).fill([null, null, null]));
    const one = effectsOf(
      observed(rows).map((run) => ({ ...run, value: 1 })),
      ['a', 'b'],
    );
    expect(one?.effects.map(({ share }) => share)).toEqual([0, 0, 0, 0]);
    const split = observed(rows).map((run) => ({
      ...run,
      params: { ...run.params, seed: (run.params.seed as number) + (run.params.a === 'a0' ? 0 : 100) },
    }));
    const found = effectsOf(split, ['a', 'b']);
    expect(found?.error).toBeNull();
    expect(found?.effects.map(({ source, p }) => [source, p])).toEqual([
      ['a', null],
      ['b', null],
      ['a x b', null],
    ]);
  });

  it('are there at any scale', () => {
    const found = [1e-170, 1, 1e150].map((scale) =>
      effectsOf(
        observed(rows).map((run) => ({ ...run, value: run.value * scale })),
        ['a', 'b'],
      ),
    );
    for (const effects of found) {
      for (const [i, { share, p }] of (effects?.effects ?? []).entries()) {
        close(share, found[1]?.effects[i]?.share ?? null, 1e-9);
        close(p, found[1]?.effects[i]?.p ?? null, 1e-9);
      }
    }
  });

  it('are none of one run, of one seed, and of as many levels as there are runs', () => {
    expect(effectsOf(observed(rows).slice(0, 1), ['a', 'b'])).toBeNull();
    expect(effectsOf(observed(rows.filter(({ seed }) => seed === 1)), ['a', 'b'])).toBeNull();
    const random = Array.from({ length: 10_000 }, (_, i) => ({
      params: { lr: i, decay: -i % 4999, seed: i % 3 },
      value: i,
    }));
    expect(effectsOf(random, ['lr', 'decay'])).toBeNull();
  });
});

describe('a factor that does nothing', () => {
  /** How often its line is small where each level answers to a seed in its own way, beside others that do nothing. */
  function falseAlarms({ others, drop }: { readonly others: number; readonly drop: number }): number {
    const rng = Rng.of(17);
    const sets = 600;
    let found = 0;
    for (let set = 0; set < sets; set++) {
      const observations: Observation[] = [];
      for (const a of ['x', 'y', 'z']) {
        for (let seed = 1; seed <= 4; seed++) {
          const shift = rng.normal();
          for (let other = 0; other < others; other++) {
            const value = shift + 0.1 * rng.normal();
            if (rng.uniform() >= drop) observations.push({ params: { a, other, seed }, value });
          }
        }
      }
      const p = effectsOf(observations, ['a', 'other'])?.effects.find(({ source }) => source === 'a')?.p ?? 1;
      if (p < 0.05) found += 1;
    }
    return found / sets;
  }

  // 600 sets: a standard error of 0.009.
  it.each([
    { others: 6, drop: 0 },
    { others: 6, drop: 0.1 },
  ])(
    'is called one that does no more often for runs that share a seed: $others others, $drop of the runs missing',
    (world) => {
      expect(falseAlarms(world)).toBeLessThan(0.05 + 3 * 0.009);
    },
  );
});
