import { describe, expect, it } from 'vitest';
import { Rng } from '../src/random/rng.ts';

describe('Rng', () => {
  it('draws the numbers of the reference implementation of xoshiro128**', () => {
    // Printed by Blackman and Vigna's C code with the state {1, 2, 3, 4}.
    const reference = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    const rng = Rng.fromState([1, 2, 3, 4]);
    expect(reference.map(() => rng.uint32())).toEqual(reference);
  });

  it('gives the same numbers for the same seed and label, others for another seed or label', () => {
    const draw = (rng: Rng) => Array.from({ length: 8 }, () => rng.uint32());
    const first = draw(Rng.of(7).split('data'));
    expect(draw(Rng.of(7).split('data'))).toEqual(first);
    expect(draw(Rng.of(8).split('data'))).not.toEqual(first);
    expect(draw(Rng.of(7).split('dat'))).not.toEqual(first);
    expect(draw(Rng.of(7).split('d').split('ata'))).not.toEqual(first);
    expect(draw(Rng.of(7 + 2 ** 32).split('data'))).not.toEqual(first);
  });

  it('never shifts a stream when another is read or split', () => {
    const alone = Rng.of(1).split('init').uint32();
    const parent = Rng.of(1);
    parent.uint32();
    parent.split('data').uint32();
    expect(parent.split('init').uint32()).toBe(alone);
  });

  it('draws uniform and normal numbers with the moments that they must have', () => {
    const rng = Rng.of(3);
    const n = 200_000;
    const moments = (draw: () => number) => {
      const values = Array.from({ length: n }, draw);
      const mean = values.reduce((a, b) => a + b) / n;
      const central = (power: number) => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / n;
      return { mean, variance: central(2), kurtosis: central(4) / central(2) ** 2 };
    };
    const uniform = moments(() => rng.uniform());
    expect(uniform.mean).toBeCloseTo(0.5, 2);
    expect(uniform.variance).toBeCloseTo(1 / 12, 2);
    expect(uniform.kurtosis).toBeCloseTo(1.8, 1);
    const normal = moments(() => rng.normal());
    expect(normal.mean).toBeCloseTo(0, 2);
    expect(normal.variance).toBeCloseTo(1, 1);
    expect(normal.kurtosis).toBeCloseTo(3, 1);
  });

  it('refuses a seed that is no whole number', () => {
    expect(() => Rng.of(1.5)).toThrow(/seed must be an integer .* got 1.5/);
    expect(() => Rng.of(-1)).toThrow(RangeError);
  });
});
