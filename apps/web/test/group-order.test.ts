import { describe, expect, it } from 'vitest';
import { ranksOf } from '../src/features/curves/model/group-order.ts';

const outline = (by: string[], ...levels: (string | number | null)[][]) => ({
  by,
  groups: levels.map((one) => ({ levels: one, runs: 1 })),
});
const PAGE = {
  by: ['model.activation', 'optimizer.name'],
  rows: [
    ['relu', 'adam'],
    ['tanh', 'adam'],
    ['relu', 'sgd'],
  ],
};

describe('the legend of the curves', () => {
  it('bug: lists the groups in another order than the table of configurations above it', () => {
    const whole = outline(['model.activation', 'optimizer.name'], ['relu', 'adam'], ['relu', 'sgd'], ['tanh', 'adam']);
    expect(ranksOf(PAGE, whole)).toEqual([0, 2, 1]);
  });

  it('puts groups of one factor where the first configuration of each is, and those that no table has at the end', () => {
    expect(ranksOf(PAGE, outline(['optimizer.name'], ['sgd'], ['adamw'], ['adam']))).toEqual([2, 0, 1]);
    expect(ranksOf(PAGE, outline(['optimizer.name', 'seed'], ['sgd', 1], ['adam', 2], ['adam', 1]))).toEqual([1, 2, 0]);
  });

  it('keeps the order of the curves where the page tells its configurations apart by something else', () => {
    expect(ranksOf(PAGE, outline(['seed'], [1], [2]))).toBeNull();
    expect(ranksOf({ by: [], rows: [] }, outline(['seed'], [1]))).toBeNull();
  });
});
