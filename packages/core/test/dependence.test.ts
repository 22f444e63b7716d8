import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, type Depends, effectsOf, type Observation, Rng, withLevelNames } from '../src/index.ts';
import { type Dependence, dependencesOf } from '../src/statistics/dependence.ts';

interface Case extends Pick<Dependence, 'f' | 'df' | 'dfError' | 'p' | 'seeds'> {
  readonly rows: ({ seed: number; value: number } & Record<string, string | number>)[];
}
const { cases } = JSON.parse(readFileSync(new URL('./fixtures/interactions.json', import.meta.url), 'utf8')) as {
  cases: Record<string, Case>;
};

const observed = (rows: Case['rows']): Observation[] => rows.map(({ value, ...params }) => ({ params, value }));
const onB = (runs: readonly Observation[]): Dependence | undefined =>
  dependencesOf(runs, ['a']).find(({ on }) => on.includes('b'));

const BY_A = { metric: 'value', by: ['a'], goal: 'highest' } as const;
/** @throws where the verdict is another one */
function dependsOf(runs: readonly Observation[], asked: Parameters<typeof compare>[1] = BY_A): Depends {
  const { verdict } = compare(runs, asked);
  if (verdict.kind !== 'depends') throw new Error(`expected that it depends, got ${JSON.stringify(verdict)}`);
  return verdict;
}

/** Runs of a grid; every value is a little off by its place, the same way each time. */
function grid(
  meanOf: (a: string, b: string) => number,
  { as = ['relu', 'tanh'], bs = ['adam', 'sgd'], seeds = 4, noise = 0.01, rng = Rng.of(2) } = {},
): Observation[] {
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => {
    const ofSeed = 0.1 * rng.normal();
    return as.flatMap((a) =>
      bs.map((b): Observation => ({ params: { a, b, seed }, value: meanOf(a, b) + ofSeed + noise * rng.normal() })),
    );
  });
}

describe('the interaction of two factors', () => {
  it.each(Object.entries(cases))('is what SciPy and statsmodels find: %s', (_, { rows, ...expected }) => {
    const found = onB(observed(rows));
    for (const key of ['f', 'df', 'dfError', 'p'] as const) {
      expect(Math.abs((found?.[key] ?? Number.NaN) / expected[key] - 1)).toBeLessThan(1e-6);
    }
    expect(found?.seeds).toBe(expected.seeds);
  });

  it('is the same at any scale, and whichever of the two is asked for', () => {
    const rows = cases['three and two levels']?.rows ?? [];
    const of = (scale: number, by: string) =>
      dependencesOf(
        observed(rows).map((run) => ({ ...run, value: run.value * scale })),
        [by],
      )[0]?.p;
    for (const [scale, by] of [
      [1e-170, 'a'],
      [1e150, 'a'],
      [1, 'b'],
    ] as const) {
      expect((of(scale, by) ?? Number.NaN) / (of(1, 'a') as number)).toBeCloseTo(1, 9);
    }
  });

  it('has no p of 0 where all seeds say the same, and none at all of two seeds', () => {
    const exact = (seeds: number) => grid((a, b) => (a === 'relu' && b === 'adam' ? 1 : 0), { seeds, noise: 0 });
    expect(onB(exact(4))?.p).toBe(0.125);
    expect(onB(grid(() => 0.5, { noise: 0 }))?.p).toBe(1);
    expect(onB(exact(2))).toBeUndefined();
  });

  it('is harder to show of re-splits of one file, which are no samples of their own', () => {
    const runs = grid((a, b) => (a === 'relu' && b === 'adam' ? 0.05 : 0));
    const f = (more: number) => dependencesOf(runs, ['a'], { shared: more })[0]?.f ?? Number.NaN;
    expect(f(0.25)).toBeCloseTo(f(0) / (1 + 4 * 0.25), 9);
  });

  it('is not laid to a rate that only some runs have', () => {
    // The rate matters much and to each optimizer otherwise; relu under sgd always diverges at the highest one.
    const rng = Rng.of(4);
    const runs = ['relu', 'tanh'].flatMap((a) =>
      ['adam', 'sgd'].flatMap((b) =>
        [0.01, 0.1, 1].flatMap((lr) =>
          [1, 2, 3, 4].map((seed): Observation => {
            const value = (b === 'adam' ? -lr : lr) + 0.02 * rng.normal();
            return { params: { a, b, lr, seed }, value: a === 'relu' && b === 'sgd' && lr === 1 ? Number.NaN : value };
          }),
        ),
      ),
    );
    expect(onB(runs)?.p).toBeGreaterThan(0.05);
    expect(compare(runs, BY_A).verdict.kind).toBe('tied');
  });

  it('is asked of what varies as one together, of no field of a kind, and of nothing that is not crossed', () => {
    const runs = grid(() => 0.5).map(({ params, value }): Observation => {
      const { a, b, seed } = params;
      const ofKind = b === 'adam' ? { 'optimizer.beta1': 0.9 } : {};
      const lr = b === 'adam' ? 0.001 : 0.1;
      const tag = `${a} ${b} ${seed}`;
      return {
        params: {
          a: a as string,
          'optimizer.name': b as string,
          ...ofKind,
          'optimizer.lr': lr,
          tag,
          seed: seed as number,
        },
        value,
      };
    });
    expect(dependencesOf(runs, ['a'])).toEqual([]); // every run has a tag of its own
    const untagged = runs.map(({ params: { tag: _, ...params }, value }) => ({ params, value }));
    expect(dependencesOf(untagged, ['a']).map(({ on }) => on)).toEqual([['optimizer.lr', 'optimizer.name']]);
  });
});

describe('a comparison whose effect depends on another factor', () => {
  const crossing = grid((a, b) => (a === 'relu' && b === 'adam' ? 0.4 : 0));

  it('says so first, and what differs at each level of it', () => {
    const found = dependsOf(crossing);
    expect(found).toMatchObject({
      of: ['a'],
      on: ['b'],
      also: [],
      everywhere: null,
      without: { kind: 'best', best: 'relu' },
    });
    expect(found.p).toBeLessThan(0.001);
    expect(found.within.map(({ values, comparison }) => [values, comparison.verdict.kind])).toEqual([
      [['adam'], 'best'],
      [['sgd'], 'tied'],
    ]);
    const [adam] = found.within;
    expect(adam?.comparison).toMatchObject({
      by: ['a'],
      levels: [{ level: 'relu' }, { level: 'tanh' }],
      method: { correction: 'bonferroni' },
    });
    expect(adam?.comparison.pairs[0]?.difference).toBeCloseTo(0.4, 1);
  });

  it('tests each level by its own runs, as one family of all levels', () => {
    const [adam, sgd] = dependsOf(crossing).within;
    for (const [facet, name] of [
      [adam, 'adam'],
      [sgd, 'sgd'],
    ] as const) {
      const alone = compare(
        crossing.filter(({ params }) => params.b === name),
        BY_A,
      ).pairs[0];
      expect(facet?.comparison.pairs[0]?.pAdjusted).toBeCloseTo(Math.min(1, 2 * (alone?.pAdjusted ?? 0)), 12);
      const [wide, narrow] = [facet?.comparison.pairs[0]?.ci95, alone?.ci95] as [number, number][];
      expect((wide?.[1] ?? 0) - (wide?.[0] ?? 0)).toBeGreaterThan((narrow?.[1] ?? 0) - (narrow?.[0] ?? 0));
    }
  });

  it('names the level that is best at all of them, where there is one', () => {
    const found = dependsOf(grid((a, b) => (a === 'relu' ? (b === 'adam' ? 0.4 : 0.15) : 0)));
    expect(found).toMatchObject({ kind: 'depends', everywhere: 'relu' });
  });

  it('is asked of two factors that are compared together as well, with what their cells say behind it', () => {
    const found = dependsOf(crossing, { ...BY_A, by: ['a', 'b'] });
    expect(found).toMatchObject({ of: ['a'], on: ['b'], without: { kind: 'best', best: 'relu + adam' } });
    expect(found.within).toEqual(dependsOf(crossing).within);
  });

  it('leads with the larger of two, and names the other', () => {
    const rng = Rng.of(8);
    const runs = grid((a, b) => (a === 'relu' && b === 'adam' ? 0.4 : 0)).flatMap(({ params, value }) =>
      ['he', 'xavier'].map(
        (init): Observation => ({
          params: { ...params, init },
          value: value + (init === 'he' && params.a === 'relu' ? 0.1 : 0) + 0.005 * rng.normal(),
        }),
      ),
    );
    expect(dependsOf(runs)).toMatchObject({ on: ['b'], also: [['init']] });
  });

  it('is none where it is confounded, where only an order is left, and where nothing that differs matters', () => {
    const confounded = crossing.map(({ params, value }) => ({
      params: { ...params, epochs: params.a === 'relu' ? 100 : 10 },
      value,
    }));
    expect(compare(confounded, BY_A).verdict).toEqual({ kind: 'confounded', paths: ['epochs'] });
    const steps = crossing.map(({ params, value }) => ({
      params,
      value: params.a === 'tanh' && params.seed === 1 ? Number.POSITIVE_INFINITY : 100 * value,
    }));
    expect(compare(steps, { metric: 'stepsTo90', by: ['a'] }).verdict.kind).not.toBe('depends');
    const small = grid((a, b) => (a === 'relu' && b === 'adam' ? 0.004 : 0), { noise: 0.0002 });
    expect(compare(small, BY_A).verdict.kind).toBe('depends');
    expect(compare(small, { ...BY_A, margin: 0.1 }).verdict.kind).toBe('same');
  });

  it('is harder to show the more often one looks', () => {
    const launched = (looks: number) =>
      crossing.map((run) => ({ ...run, launch: Math.max(1, (run.params.seed as number) - 4 + looks) }));
    const [once, twice] = [1, 2].map((looks) => dependsOf(launched(looks)).p) as [number, number];
    expect(twice / once).toBeCloseTo(4, 6); // 6/pi^2 and a fourth of it
  });

  it('has names for its levels at each level of the other factor', () => {
    const lr = crossing.map(
      ({ params, value }): Observation => ({
        params: {
          'model.activation': params.a as string,
          'optimizer.lr': params.b === 'adam' ? 0.1 : 0.01,
          seed: params.seed as number,
        },
        value,
      }),
    );
    const named = withLevelNames(compare(lr, { ...BY_A, by: ['model.activation'] })).verdict;
    expect(named).toMatchObject({
      within: [
        { level: 'lr=0.01', comparison: { verdict: { kind: 'tied' } } },
        { level: 'lr=0.1', comparison: { verdict: { kind: 'best', best: 'relu' } } },
      ],
      without: { kind: 'best', best: 'relu' },
    });
  });
});

describe('where the effect of a factor is the same everywhere', () => {
  const SETS = 200;
  /** 5% of them and three standard errors. */
  const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / SETS);

  const worlds = [
    { world: 'two levels of each', as: 2, bs: 2, spread: () => 1, drop: 0 },
    {
      world: 'one cell ten times as spread',
      as: 3,
      bs: 2,
      spread: (a: number, b: number) => (a + b === 0 ? 10 : 1),
      drop: 0,
    },
    { world: 'runs are missing', as: 3, bs: 3, spread: (_: number, b: number) => (b === 0 ? 5 : 1), drop: 0.1 },
  ];

  it.each(worlds)(
    'it is said to depend, or a level that is no better to be best at some of them, in at most 5%: $world',
    ({ as, bs, spread, drop }) => {
      const rng = Rng.of(31);
      const count = { depends: 0, winners: 0 };
      for (let set = 0; set < SETS; set++) {
        const runs: Observation[] = [];
        for (let seed = 1; seed <= 4; seed++) {
          const ofSeed = rng.normal();
          const ofA = Array.from({ length: as }, () => 0.5 * rng.normal());
          const ofB = Array.from({ length: bs }, () => 0.5 * rng.normal());
          for (let a = 0; a < as; a++) {
            for (let b = 0; b < bs; b++) {
              const value = ofSeed + (ofA[a] ?? 0) + (ofB[b] ?? 0) + 3 * b + spread(a, b) * rng.normal();
              if (rng.uniform() >= drop) runs.push({ params: { a, b, seed }, value });
            }
          }
        }
        const { verdict } = compare(runs, BY_A);
        if (verdict.kind !== 'depends') continue;
        count.depends += 1;
        if (verdict.within.some(({ comparison }) => comparison.verdict.kind === 'best')) count.winners += 1;
      }
      expect(count.depends / SETS).toBeLessThan(MOST);
      expect(count.winners / SETS).toBeLessThan(MOST);
    },
  );
});

it('bug: the variance table showed an interaction that the headline did not: one cell was more spread than the others', () => {
  let [shown, more] = [0, 0];
  for (let world = 0; world < 150; world++) {
    const rng = Rng.of(world);
    const off = 0.03 * (world % 5);
    const runs = grid((a, b) => 0.5 + (a === 'relu' && b === 'adam' ? off : 0), {
      as: ['linear', 'relu', 'tanh'],
      seeds: 3,
      noise: 0.01,
      rng,
    }).map(({ params, value }) => ({
      params,
      value: value + (params.b === 'sgd' ? 0.04 * rng.normal() : 0),
      launch: 1,
    }));
    const { verdict, look } = compare(runs, BY_A);
    const line = effectsOf(runs, ['a', 'b'], look)?.effects.find(({ of }) => of.length === 2);
    expect(line?.p).not.toBeNull();
    if ((line?.p ?? 1) < 0.05) more += 1;
    if ((line?.pAdjusted ?? 1) >= 0.05) continue;
    shown += 1;
    expect(verdict.kind, `world ${world}`).toBe('depends');
  }
  expect(shown).toBeGreaterThan(3);
  expect(more).toBeGreaterThan(shown + 5); // F alone says it more often
});
