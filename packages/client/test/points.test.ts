import { expect, it } from 'vitest';
import { PointBuffer } from '../src/points.ts';

it('points are taken once, counted for each metric, as JSON can have them', () => {
  const buffer = new PointBuffer();
  buffer.add('loss', 0, Number.NaN, 10);
  buffer.add('loss', 0.5, Number.NEGATIVE_INFINITY, 11);
  buffer.add('accuracy', 1, 0.25, 12);
  expect(buffer.size).toBe(3);
  expect(buffer.take()).toEqual([
    { key: 'loss', offset: 0, steps: [0, 0.5], values: ['NaN', '-Infinity'], times: [10, 11] },
    { key: 'accuracy', offset: 0, steps: [1], values: [0.25], times: [12] },
  ]);
  expect(buffer.take()).toEqual([]);
  buffer.add('loss', 2, 1, 13);
  expect(buffer.take()).toEqual([{ key: 'loss', offset: 2, steps: [2], values: [1], times: [13] }]);
});
