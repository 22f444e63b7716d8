import { describe, expect, it } from 'vitest';
import { cos, log, sin } from '../src/random/exact-math.ts';

const ULP = 2 ** -52;

describe('exact-math', () => {
  it('agrees with the engine to two units in the last place', () => {
    for (let i = -20_000; i <= 20_000; i++) {
      const x = i * 0.001_234_567;
      expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThanOrEqual(2 * ULP);
      expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThanOrEqual(2 * ULP);
    }
    for (let x = 1e-300; x < 1e300; x *= 1.37) {
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(2 * ULP * Math.abs(Math.log(x)) + Number.MIN_VALUE);
    }
  });

  it('is right where it must be exact', () => {
    expect([sin(0), cos(0), log(1)]).toEqual([0, 1, 0]);
    expect(sin(Math.PI)).toBeCloseTo(1.2246467991473532e-16, 30);
  });
});
