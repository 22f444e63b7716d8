import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  buildConfig,
  type Config,
  compare,
  FIRST_LOOK,
  getStudy,
  grid,
  type Observation,
  parseAssignment,
  parseIntegers,
  planSeeds,
  Rng,
  type SeedsAsked,
  type TrainingStudy,
  withoutSeed,
} from '../src/index.ts';
import { namingBest, plannedPairs, plannedRange, powerOf } from '../src/statistics/power.ts';
import { ALPHA, deviationInterval } from '../src/statistics/student.ts';
import { seedsToAdd } from '../src/studies/seeds-to-add.ts';
import { sweepCommands } from '../src/studies/sweep-command.ts';

interface Fixture {
  readonly plans: readonly { levels: number; d: number; seeds: readonly number[]; power: number }[];
  readonly deviations: readonly { sd: number; df: number; ci95: readonly [number, number] }[];
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/scipy-plan.json', import.meta.url), 'utf8')) as Fixture;

const { spend } = FIRST_LOOK;
const asked = (of: Partial<SeedsAsked>): SeedsAsked => ({
  ...FIRST_LOOK,
  levels: 2,
  spread: { sd: 1, df: null },
  ...of,
});

/** Runs of levels in one launch, whose seeds shift all of a seed's runs. */
function madeUp(rng: Rng, means: readonly number[], seeds: number, sd: number): Observation[] {
  return Array.from({ length: seeds }, (_, i) => ({ seed: i + 1, shift: 5 * sd * rng.normal() })).flatMap(
    ({ seed, shift }) =>
      means.map((mean, level) => ({
        params: { f: `level${level}`, seed },
        value: mean + shift + sd * rng.normal(),
        launch: 1,
      })),
  );
}

describe('how many seeds', () => {
  it.each(fixture.plans)(
    'name the best of $levels levels at $d spreads, as SciPy says',
    ({ levels, d, seeds, power }) => {
      const plan = planSeeds(asked({ levels, difference: d }));
      expect(plan.sizes[0]?.chances.map((of) => of.seeds)).toEqual(seeds);
      const test = levels === 2 ? plannedPairs(ALPHA * spend) : namingBest(plannedRange(ALPHA * spend, levels), levels);
      expect(powerOf(test, d, seeds[1] as number)).toBeCloseTo(power, 6);
    },
  );

  it.each(fixture.deviations)('has the interval of a deviation of $df degrees of freedom', ({ sd, df, ci95 }) => {
    for (const [i, end] of deviationInterval(sd, df).entries()) expect(end / (ci95[i] as number)).toBeCloseTo(1, 6);
  });

  it.each([
    { levels: 2, d: 1 },
    { levels: 4, d: 1.5 },
    { levels: 8, d: 2.5 },
  ])(
    'compare names the best of $levels levels in 80% of the cases with what is planned for $d spreads',
    ({ levels, d }) => {
      const sd = 0.01;
      const difference = d * sd * Math.SQRT2;
      const plan = planSeeds(asked({ levels, spread: { sd: sd * Math.SQRT2, df: null }, difference }));
      const [half, most] = plan.sizes[0]?.chances ?? [];
      const rng = Rng.of(11);
      const means = Array.from({ length: levels }, (_, i) => (i === 1 ? 0.5 + difference : 0.5));
      const CASES = 500;
      for (const of of [half, most]) {
        const [seeds, chance] = [of?.seeds as number, of?.chance as number];
        const exact = powerOf(
          levels === 2 ? plannedPairs(ALPHA * spend) : namingBest(plannedRange(ALPHA * spend, levels), levels),
          d,
          seeds,
        );
        let named = 0;
        for (let i = 0; i < CASES; i++) {
          const { verdict } = compare(madeUp(rng, means, seeds, sd), { metric: 'loss', by: ['f'], goal: 'highest' });
          if (verdict.kind === 'best' && verdict.best === 'level1') named += 1;
        }
        expect(exact).toBeGreaterThanOrEqual(chance);
        // Three standard errors, and 2% of the cases in which spreads look unequal.
        expect(Math.abs(named / CASES - exact)).toBeLessThan(3 * Math.sqrt((exact * (1 - exact)) / CASES) + 0.02);
      }
    },
  );

  it.each([2, 4])('is what compare calls needed, where both speak of one pair of %i levels', (levels) => {
    const rng = Rng.of(3);
    for (let i = 0; i < 24 / levels ** 2; i++) {
      const means = Array.from({ length: levels }, (_, at) => at / 2);
      const comparison = compare(madeUp(rng, means, 3, 1), { metric: 'loss', by: ['f'] });
      for (const { difference = 0, effectSize, pairsNeeded } of comparison.pairs) {
        if (pairsNeeded === undefined) continue;
        const own = comparison.method.because === 'spreads';
        const plan = planSeeds({ ...comparison.next, levels, own, difference: Math.abs(difference) });
        if (!own) expect(plan.sizes[0]?.effectSize).toBeCloseTo(Math.abs(effectSize ?? 0), 9);
        if (!own) expect(plan.sizes[0]?.pair).toBe(pairsNeeded);
        if (levels === 2) expect(plan.sizes[0]?.chances[1]?.seeds).toBe(pairsNeeded);
      }
      expect(comparison.next.spend).toBeCloseTo(spend / 4, 12);
    }
  });

  it('takes more seeds for the best of many than for one pair, and more where the spread is as large as it may be', () => {
    const spread = { sd: 0.01, df: 4 };
    const { sizes, ...plan } = planSeeds(asked({ levels: 5, spread, difference: 0.02 }));
    const [{ chances, pair }] = sizes as [(typeof sizes)[number]];
    const eighty = chances[1] as (typeof chances)[number];
    expect(pair).toBeLessThan(eighty.seeds as number);
    expect(eighty.atMost).toBeGreaterThan(2 * (eighty.seeds as number));
    expect(plan.spread?.ci95?.[1]).toBeGreaterThan(0.02);
  });

  it('says it of round sizes about the spread where nobody says what matters, and of spreads where none is known', () => {
    const known = planSeeds(asked({ spread: { sd: 0.0123, df: 6 } }));
    expect(known.sizes.map(({ difference }) => difference)).toEqual([0.005, 0.01, 0.02, 0.05]);
    const unknown = planSeeds(asked({ spread: null, difference: 0.01 }));
    expect(unknown.sizes.map(({ difference, effectSize }) => [difference, effectSize])).toEqual([
      [null, 0.5],
      [null, 1],
      [null, 2],
      [null, 4],
    ]);
  });

  it('has no number where all seeds split one file, and more of them do not help', () => {
    const plan = planSeeds(asked({ shared: 0.25, difference: 1 }));
    expect(plan.sizes[0]?.chances[1]).toEqual({ chance: 0.8, seeds: null, atMost: null });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a difference of %d', (difference) => {
    expect(() => planSeeds(asked({ difference }))).toThrow(
      `--difference: expected a number above 0, the smallest difference that matters, got ${difference}`,
    );
  });
});

describe('the seeds to add', () => {
  const of = (recorded: readonly number[], counted = recorded) => ({
    recorded: new Set(recorded),
    counted: new Set(counted),
  });

  it.each([
    ['none are there', [of([]), of([])], 3, { have: 0, seeds: [1, 2, 3], runs: 6 }],
    ['some are', [of([1, 2, 3]), of([1, 2, 3])], 5, { have: 3, seeds: [1, 2, 3, 4, 5], runs: 4 }],
    ['one lacks some', [of([1, 2, 3]), of([1, 2, 3, 7])], 4, { have: 3, seeds: [1, 2, 3, 7], runs: 1 }],
    ['one diverged', [of([1, 2, 3], [1, 3]), of([1, 2, 3])], 3, { have: 2, seeds: [1, 3, 4], runs: 2 }],
    ['there are enough', [of([4, 5, 6]), of([4, 5, 6])], 2, { have: 3, seeds: [4, 5, 6], runs: 0 }],
  ])('where %s', (_, configurations, wanted, expected) => {
    expect(seedsToAdd(configurations, wanted)).toEqual(expected);
  });
});

describe('the commands that add seeds', () => {
  const study = getStudy('spiral') as TrainingStudy;
  const SEEDS = [1, 2, 3, 5];

  /** What a command trains: the configurations and the seeds. */
  function trained(command: string): { configs: Config[]; seeds: number[] } {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, inside, plain]) => inside ?? (plain as string));
    expect(words.slice(0, 4)).toEqual(['npx', 'whorl', 'run', 'spiral']);
    const at = words.indexOf('--seeds');
    const configs = grid(words.slice(4, at).map(parseAssignment)).map((values) => buildConfig(study.defaults, values));
    return { configs, seeds: parseIntegers('--seeds', words[at + 1] as string) };
  }

  it.each<[string, readonly Readonly<Record<string, unknown>>[], number]>([
    ['a sweep', [{ 'model.activation': 'relu' }, { 'model.activation': 'tanh' }], 1],
    [
      'a grid with lists',
      [[8], [8, 8]].flatMap((hidden) =>
        ['sgd', 'adam'].map((name) => ({ 'model.hidden': hidden, 'optimizer.name': name })),
      ),
      1,
    ],
    [
      'two corners of a grid',
      [
        { 'model.activation': 'linear', 'optimizer.name': 'sgd' },
        { 'model.activation': 'relu', 'optimizer.name': 'adam' },
      ],
      2,
    ],
    [
      'a field of one kind only',
      [{ 'optimizer.name': 'adam' }, { 'optimizer.name': 'momentum', 'optimizer.momentum': 0.5 }],
      2,
    ],
    ['what all have beside the defaults', [1, 0.1].map((lr) => ({ epochs: 5, 'optimizer.lr': lr })), 1],
  ])('train %s, and nothing else', (_, rows, commands) => {
    const configs = rows.map((values) => buildConfig(study.defaults, values));
    const made = sweepCommands(configs, { seeds: SEEDS, experiment: "it's" });
    expect(made).toHaveLength(commands);
    const all = made.map(trained);
    expect(all.flatMap((one) => one.configs.map(withoutSeed)).sort()).toEqual(configs.map(withoutSeed).sort());
    for (const { seeds } of all) expect(seeds).toEqual(SEEDS);
    for (const command of made) expect(command).toMatch(/ --seeds 1\.\.3,5 --name 'it'\\''s' --skip-recorded$/);
  });
});
