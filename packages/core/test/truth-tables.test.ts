import { describe, expect, it } from 'vitest';
import { compare, matrixOf, type Observation, Rng } from '../src/index.ts';

// How often a comparison is wrong, and how often it finds what is there, at the sizes at which it once was wrong: made-up runs
// of which the truth is known. The columns `was` are what a test for each pair with Holm's correction did there.

const SETS = 200;
/** 5% and three standard errors of so many sets. */
const MOST = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / SETS);

/** Runs of some levels with a value of each seed. */
function runsOf(
  levels: number,
  seeds: number,
  scoreOf: (level: number, seed: number) => number,
  factors: (level: number) => Record<string, string | number> = (level) => ({ f: `level ${level}` }),
): Observation[] {
  return Array.from({ length: levels }, (_, level) =>
    Array.from({ length: seeds }, (_, seed) => ({
      params: { ...factors(level), seed },
      value: scoreOf(level, seed),
    })),
  ).flat();
}

/** How many of the sets something holds of. */
function shareOf(draw: () => Observation[], holds: (runs: Observation[]) => boolean): number {
  let found = 0;
  for (let set = 0; set < SETS; set++) found += holds(draw()) ? 1 : 0;
  return found / SETS;
}

const BY = { metric: 'testAccuracy', by: ['f'] };
const isToldApart = (runs: Observation[]) => compare(runs, BY).pairs.some(({ pAdjusted = 1 }) => pAdjusted < 0.05);

describe('levels that are alike', () => {
  it.each([
    { rows: 30, p: 0.95, levels: 2, seeds: 3, was: 0.043 },
    { rows: 30, p: 0.95, levels: 4, seeds: 3, was: 0.111 },
    { rows: 30, p: 0.95, levels: 8, seeds: 3, was: 0.403 },
    { rows: 30, p: 0.95, levels: 8, seeds: 4, was: 0.095 },
    { rows: 30, p: 0.95, levels: 8, seeds: 5, was: 0.032 },
    { rows: 1000, p: 0.99, levels: 2, seeds: 3, was: 0.045 },
    { rows: 1000, p: 0.99, levels: 4, seeds: 3, was: 0.057 },
    { rows: 1000, p: 0.99, levels: 8, seeds: 3, was: 0.102 },
    { rows: 1000, p: 0.99, levels: 8, seeds: 4, was: 0.051 },
    { rows: 1000, p: 0.99, levels: 8, seeds: 5, was: 0.04 },
  ])(
    'bug: accuracies on $rows rows, $levels levels, $seeds seeds: told apart in 5% at most (was $was)',
    ({ rows, p, levels, seeds }) => {
      const rng = Rng.of(5).split(`${rows} ${levels} ${seeds}`);
      const accuracy = () => {
        let right = 0;
        for (let row = 0; row < rows; row++) right += rng.uniform() < p ? 1 : 0;
        return right / rows;
      };
      expect(shareOf(() => runsOf(levels, seeds, accuracy), isToldApart)).toBeLessThan(MOST);
    },
  );

  it.each([
    { cells: 4, seeds: 3, was: 0.059 },
    { cells: 4, seeds: 10, was: 0.075 },
    { cells: 8, seeds: 3, was: 0.084 },
    { cells: 8, seeds: 10, was: 0.113 },
    { cells: 36, seeds: 3, was: 0.137 },
  ])(
    'bug: a cell of $cells, $seeds seeds, is called worse than the best in 5% at most (was $was)',
    ({ cells, seeds }) => {
      const rng = Rng.of(6).split(`${cells} ${seeds}`);
      const inGrid = (cell: number) => ({ a: cell % 4, b: Math.floor(cell / 4) });
      const isWorse = (runs: Observation[]) =>
        matrixOf(runs, { metric: 'testLoss', by: ['a', 'b'] }).cells.some(({ standing }) => standing === 'worse');
      expect(shareOf(() => runsOf(cells, seeds, () => rng.normal(), inGrid), isWorse)).toBeLessThan(MOST);
    },
  );
});

describe('a level that is better', () => {
  it.each([
    { levels: 4, seeds: 3, d: 2, was: 0.007, least: 0.27 },
    { levels: 4, seeds: 5, d: 2, was: 0.298, least: 0.73 },
    { levels: 8, seeds: 3, d: 2, was: 0, least: 0.1 },
    { levels: 8, seeds: 5, d: 2, was: 0.001, least: 0.51 },
    { levels: 4, seeds: 5, d: 4, was: 0.987, least: 0.96 },
    { levels: 8, seeds: 5, d: 4, was: 0.421, least: 0.96 },
  ])(
    'bug: by $d standard deviations of a difference, of $levels levels, $seeds seeds, is named in more than $least (was $was)',
    ({ levels, seeds, d, least }) => {
      const rng = Rng.of(7).split(`${levels} ${seeds} ${d}`);
      const draw = () => runsOf(levels, seeds, (level) => rng.normal() + (level === 1 ? d * Math.SQRT2 : 0));
      const isNamed = (runs: Observation[]) => {
        const { verdict } = compare(runs, { metric: 'val_score', by: ['f'], goal: 'highest' });
        return verdict.kind === 'best' && verdict.best === 'level 1';
      };
      // Tukey's range on the residual of level and seed, computed elsewhere, less three standard errors.
      expect(shareOf(draw, isNamed)).toBeGreaterThanOrEqual(least);
    },
  );
});
