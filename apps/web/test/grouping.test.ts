import { compare } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { groupRuns, sortGroups } from '../src/server/record/grouping.ts';

/** The statuses of so many runs that came to their end. */
const ended = (runs: number) => Array.from({ length: runs }, () => 'finished');
/** Each run of a seed of its own. */
const seeds = (runs: number) => [Array.from({ length: runs }, (_, i) => i + 1)];

describe('groups of runs', () => {
  it('say how many of their runs have not finished: their values count all the same', () => {
    const groups = groupRuns([['a', 'a', 'b']], [[1, 3, 5]], ['finished', 'interrupted', 'finished'], seeds(3));
    expect(groups.map(({ unfinished, metrics }) => [unfinished, metrics[0]?.summary?.mean])).toEqual([
      [1, 2],
      [0, 5],
    ]);
  });

  it('have the mean and the interval of Student on n - 1, worked out by hand', () => {
    const [group] = groupRuns([['relu', 'relu', 'relu']], [[1, 2, 3]], ended(3), seeds(3));
    // t(0.975, 2) = 4.302653; 2 ± 4.302653 / sqrt(3)
    expect(group).toMatchObject({
      values: ['relu'],
      runs: 3,
      metrics: [{ diverged: 0, summary: { n: 3, mean: 2, sd: 1 } }],
    });
    const [low, high] = group?.metrics[0]?.summary?.ci95 ?? [];
    expect(low).toBeCloseTo(2 - 4.302653 / Math.sqrt(3), 5);
    expect(high).toBeCloseTo(2 + 4.302653 / Math.sqrt(3), 5);
  });

  it('bug: have the interval of their seeds, and not of the runs that each of them has', () => {
    const group = (...args: Parameters<typeof groupRuns>) => groupRuns(...args)[0]?.metrics[0];
    const three = group([Array(3).fill('a')], [[1, 2, 3]], ended(3), [[1, 2, 3]]);
    const nine = group([Array(9).fill('a')], [[1, 2, 3, 1, 2, 3, 1, 2, 3]], ended(9), [[1, 2, 3, 1, 2, 3, 1, 2, 3]]);
    expect(nine).toEqual({ ...three, runs: 9 });
    expect(three?.runs).toBe(3);
  });

  it.each([
    ['of splits of one file', 'loss', [0.3, 0.31, 0.29, 0.33], [0.5, 0.52, 0.47, 0.51]],
    ['of a share', 'testAccuracy', [0.97, 1, 0.99, 0.98], [0.9, 0.91, 0.93, 0.92]],
    ['of what never came', 'stepsTo90', [100, Infinity, 120, 110], [200, 210, 220, Number.NaN]],
  ])('bug: have the interval of a comparison: %s', (_, metric, a, b) => {
    const split = [1, 2, 3, 4].flatMap((seed) => [seed, seed]);
    const values = a.flatMap((value, i) => [value, b[i] as number]);
    const f = values.map((_, i) => (i % 2 === 0 ? 'a' : 'b'));
    const [csv, holdout] = [f.map(() => 'csv'), f.map(() => 0.2)];
    const groups = groupRuns([f], [values], ended(8), [split, csv, holdout], [metric]);
    const runs = values.map((value, i) => ({
      params: { f: f[i] as string, seed: split[i] as number, 'data.name': 'csv', 'data.holdout': 0.2 },
      value,
    }));
    const { levels } = compare(runs, { metric, by: ['f'] });
    expect(groups.map(({ metrics }) => metrics[0])).toEqual(
      levels.map(({ summary, runs, diverged, never = 0 }) => ({ summary, runs, diverged, never })),
    );
    if (metric === 'loss') {
      // t(0.975, 3) = 3.182446, sd 0.0170783, 1/4 + 0.2/0.8.
      const [low = 0, high = 0] = groups[0]?.metrics[0]?.summary?.ci95 ?? [];
      expect((high - low) / 2).toBeCloseTo(3.182446 * 0.0170783 * Math.sqrt(0.5), 6);
    }
  });

  it('are over the runs that have a value, and say how many diverged', () => {
    const [group] = groupRuns([['a', 'a', 'a', 'a']], [[1, null, Number.NaN, Infinity]], ended(4), seeds(4));
    expect(group?.runs).toBe(4);
    expect(group?.metrics).toEqual([
      { summary: { n: 1, mean: 1, sd: null, ci95: null }, runs: 1, diverged: 2, never: 0 },
    ]);
    expect(groupRuns([['a']], [[null]], ended(1), seeds(1))[0]?.metrics).toEqual([
      { summary: null, runs: 0, diverged: 0, never: 0 },
    ]);
  });

  it('tell a number from the text that writes it, NaN from a missing value, and come in order', () => {
    const cells = ['1', 1, null, Number.NaN, 10, 2, 'true', true, Number.NaN];
    const groups = groupRuns([cells], [], ended(cells.length), seeds(cells.length));
    expect(groups.map(({ values, runs }) => [values[0], runs])).toEqual([
      [1, 1],
      [2, 1],
      [10, 1],
      [Number.NaN, 2],
      ['1', 1],
      ['true', 1],
      [true, 1],
      [null, 1],
    ]);
  });

  it('of nothing are all runs, and of no runs none', () => {
    expect(groupRuns([], [[1, 3]], ended(2), seeds(2))).toMatchObject([
      { values: [], runs: 2, metrics: [{ summary: { mean: 2 } }] },
    ]);
    expect(groupRuns([[]], [], ended(0), seeds(0))).toEqual([]);
  });

  it('are sorted by value or by mean, those without one last in either direction', () => {
    const groups = groupRuns([['a', 'b', 'c']], [[2, null, 1]], ended(3), seeds(3));
    const names = (descending: boolean) =>
      sortGroups(groups, [{ kind: 'metric', index: 0, descending }]).map(({ values }) => values[0]);
    expect(names(false)).toEqual(['c', 'a', 'b']);
    expect(names(true)).toEqual(['a', 'c', 'b']);
    expect(sortGroups(groups, [{ kind: 'value', index: 0, descending: true }]).map(({ values }) => values[0])).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});
