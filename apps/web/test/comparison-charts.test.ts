import { describe, expect, it } from 'vitest';
import { targetOf } from '../app/[locale]/(app)/compare/target-of.ts';
import { swarm } from '../src/charts/dot-layout.ts';
import { fitText } from '../src/charts/fit-text.ts';
import { inkOn, sequential } from '../src/charts/sequential.ts';
import { linearTicks, logTicks } from '../src/charts/ticks.ts';
import { placeOnAxis, scaleFor } from '../src/features/compare/model/axes.ts';

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
