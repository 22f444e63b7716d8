import { describe, expect, it } from 'vitest';
import { looksOf } from '../src/comparison/colours.ts';
import { type Comparable, varyingPaths } from '../src/comparison/configurations.ts';

const run = (id: string, params: Comparable['params']): Comparable => ({ id, study: 'spiral', seed: 1, params });

describe('looks', () => {
  it('tell runs of other kinds apart (fields that only one kind has once gave the rest one colour)', () => {
    const runs = [
      run('a', { 'data.name': 'xor', 'data.noise': 0.1 }),
      run('b', { 'data.name': 'checkerboard', 'data.noise': 0.02, 'data.squares': 4 }),
      run('c', { 'data.name': 'gaussians', 'data.noise': 0.4, 'data.classes': 3 }),
      run('d', { 'data.name': 'moons', 'data.noise': 0.1 }),
    ];
    const looks = [...looksOf(runs, varyingPaths(runs)).values()];
    expect(new Set(looks.map(({ colour }) => colour.light)).size).toBe(4);
  });

  it('keep a level its colour in another comparison', () => {
    const [relu, tanh, gelu] = ['relu', 'tanh', 'gelu'].map((level) => run(level, { 'model.activation': level }));
    if (!relu || !tanh || !gelu) throw new Error('three runs');
    const one = looksOf([relu, tanh], varyingPaths([relu, tanh]));
    const other = looksOf([gelu, relu], varyingPaths([gelu, relu]));
    expect(one.get('relu')).toEqual(other.get('relu'));
  });
});
