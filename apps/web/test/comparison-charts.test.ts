import { linearTicks, logTicks } from '@whorl/core';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../app/[locale]/(app)/compare/target-of.ts';
import { swarm } from '../src/charts/dot-layout.ts';
import { fitText } from '../src/charts/fit-text.ts';
import { inkOn, sequential } from '../src/charts/sequential.ts';
import { placeOnAxis, scaleFor } from '../src/features/compare/model/axes.ts';
import { dotAfter, dotFrame, placeDots } from '../src/features/compare/model/dot-places.ts';

describe('what an address compares', () => {
  it('is some runs, an experiment or a set', () => {
    expect(targetOf({ runs: 'a1, b2,a1,' })).toEqual({ target: { runIds: ['a1', 'b2'] }, bad: [] });
    expect(targetOf({ runs: '<img>,a1' })).toEqual({ target: { runIds: ['a1'] }, bad: ['<img>'] });
    expect(targetOf({ experiment: 'x', q: 'seed > 1' }).target).toEqual({ experimentId: 'x', query: 'seed > 1' });
    expect(targetOf({ set: 's' }).target).toEqual({ runSet: 's' });
    expect(targetOf({}).target).toBeNull();
  });

  it('has no most number of runs', () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `run${i}`);
    expect(targetOf({ runs: ids.join(',') }).target).toEqual({ runIds: ids });
  });
});

describe('axes', () => {
  it('are marked at round numbers', () => {
    expect(linearTicks(0.44, 0.68, 5)).toEqual([0.45, 0.5, 0.55, 0.6, 0.65]);
    expect(linearTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(linearTicks(-5, 5, 2)).toEqual([-5, 0, 5]);
    expect(linearTicks(3, 3, 5)).toEqual([3]);
    expect(logTicks(1e-6, 1, 3)).toEqual([1e-6, 1e-4, 1e-2, 1]);
    expect(logTicks(0.1, 1, 5)).toEqual([0.1, 0.2, 0.5, 1]);
  });

  it('are of places for words, logarithmic for numbers of many sizes, and linear otherwise', () => {
    expect(scaleFor(['relu', 'tanh', 'relu', null])).toEqual({ kind: 'places', values: ['relu', 'tanh'] });
    // Bug: texts stood in the order in which their runs came, and elsewhere on the page in the order of levels.
    expect(scaleFor(['tanh', 'layer 10', 'layer 2', 3])).toEqual({
      kind: 'places',
      values: [3, 'layer 2', 'layer 10', 'tanh'],
    });
    expect(scaleFor([1e-4, 1e-1])).toEqual({ kind: 'log' });
    expect(scaleFor([1, 50, Number.NaN])).toEqual({ kind: 'linear' });
    expect(scaleFor([0, 1000])).toEqual({ kind: 'linear' });
    expect(placeOnAxis({ kind: 'log' }, 0)).toBeNull();
    expect(placeOnAxis({ kind: 'linear' }, Number.POSITIVE_INFINITY)).toBeNull();
    expect(placeOnAxis({ kind: 'places', values: ['a', 'b'] }, 'b')).toBe(1);
  });
});

const levelOf = (level: string, values: readonly number[]) => ({
  level,
  runs: {
    ids: values.map((_, i) => `${level}${i}`),
    names: values.map((_, i) => `${level} ${i}`),
    seeds: values.map((_, i) => i),
    values,
  },
  summary: null,
  diverged: values.filter((value) => !Number.isFinite(value)).length,
});

describe('the chart of dots', () => {
  const levels = [levelOf('a', [0.1, 0.9, Number.NaN]), levelOf('b', [0.5]), levelOf('c', [])];
  const frame = dotFrame(levels, new Map([['b', 'head']]), 800, false);
  const dots = placeDots(levels, frame);

  it('has a row a level, from left to right, a head above its row and what has no finite value at the edge', () => {
    expect(dots.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2', 'b0']);
    expect(dots[0]?.x).toBeGreaterThanOrEqual(frame.from);
    expect(dots[1]?.x).toBeLessThanOrEqual(frame.to);
    expect([frame.hasEdge, dots[2]?.x]).toEqual([true, frame.edge]);
    expect(frame.tops.map((top, row) => top - row * 48)).toEqual([0, 32, 32]);
    expect(dots.map(({ y, level }) => y - (frame.tops[level] ?? 0))).toEqual([20, 20, 20, 20]);
    expect(frame.height).toBe(3 * 48 + 32 + 44);
    expect(dotFrame(levels.slice(1), new Map(), 400, false)).toMatchObject({
      isWide: false,
      nameWidth: 400,
      hasEdge: false,
    });
  });

  it('is walked by arrows: along a row, and to the nearest dot of the row below or above', () => {
    const walk = (key: string, at: number) => dotAfter(key, dots, at);
    expect([walk('ArrowRight', 0), walk('ArrowRight', 3), walk('ArrowLeft', 0)]).toEqual([1, 3, 0]);
    expect([walk('Home', 2), walk('End', 0), walk('ArrowDown', 1), walk('ArrowUp', 3)]).toEqual([0, 3, 3, 1]);
    expect(walk('ArrowDown', 3)).toBe(3);
    expect([walk('x', 0), dotAfter('Home', [], 0)]).toEqual([null, null]);
  });
});

describe('dots', () => {
  it('of one place lie beside each other, within their room', () => {
    expect(swarm([5, 5, 5], 6, 10)).toEqual([0, -6, 6]);
    expect(swarm([0, 100], 6, 10)).toEqual([0, 0]);
    for (const offset of swarm(new Array(50).fill(1), 6, 10)) expect(Math.abs(offset)).toBeLessThanOrEqual(10);
  });
});

describe('colours', () => {
  it('of the scale are legible under their ink', () => {
    const luminance = (channels: readonly number[]) => {
      const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 10 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (let share = 0; share <= 1; share += 0.01) {
      const [ground, ink] = [luminance(sequential(share)), inkOn(sequential(share)) === '#000000' ? 0 : 1];
      const contrast = (Math.max(ground, ink) + 0.05) / (Math.min(ground, ink) + 0.05);
      expect(contrast, `at ${share}`).toBeGreaterThan(4.5);
    }
  });
});

describe('texts in a picture', () => {
  it('are cut to their room, wide characters sooner', () => {
    expect(fitText('relu', 100)).toBe('relu');
    expect(fitText('a very long name of a level', 80)).toBe('a ver…level');
    expect(fitText('非常长的名字非常长的名字', 80).length).toBeLessThan(8);
  });
});
