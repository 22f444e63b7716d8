import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../src/curves/attempts.ts';

const range = (from: number, to: number, by = 1) =>
  Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => from + i * by);

describe('a run whose steps go back', () => {
  it('was begun again from there: what it had recorded from that step on is left behind', () => {
    const steps = [...range(0, 6), ...range(3, 8)];
    expect(attemptsOf(steps)).toEqual({ restarts: [6], left: [3, 4, 5] });
  });

  it('leaves more behind than it reaches again', () => {
    expect(attemptsOf([...range(0, 10), 2, 3])).toEqual({ restarts: [10], left: range(2, 10) });
  });

  it('is begun again between the steps that it had logged', () => {
    expect(attemptsOf([0, 10, 20, 30, 40, 15, 25, 35])).toEqual({ restarts: [5], left: [2, 3, 4] });
  });

  it('is begun again several times, each time behind what stood then', () => {
    const steps = [...range(0, 20), ...range(10, 15), ...range(5, 25)];
    expect(attemptsOf(steps)).toEqual({ restarts: [20, 25], left: [...range(5, 20), ...range(20, 25)] });
    expect(attemptsOf([...range(0, 30), ...range(0, 30)])).toEqual({ restarts: [30], left: range(0, 30) });
  });

  it('was not begun again where points only came out of order, more than once, or from several processes', () => {
    expect(attemptsOf(range(0, 100))).toBeNull();
    expect(attemptsOf([0, 0, 0, 1, 1])).toBeNull();
    expect(attemptsOf([0, 1, 3, 2, 4, 6, 5, 7])).toBeNull();
    expect(attemptsOf(range(0, 30).flatMap((step) => [step, step + 1, step]))).toBeNull();
    expect(attemptsOf(range(0, 300_000).reverse())).toBeNull();
    expect(attemptsOf([])).toBeNull();
    expect(attemptsOf([Number.NaN, 1, Number.NaN, 0.5])).toBeNull();
  });
});
