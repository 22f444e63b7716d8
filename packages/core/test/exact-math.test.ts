import { describe, expect, it } from 'vitest';
import { cos, log, sin, wholePower } from '../src/random/exact-math.ts';

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

  it('bug: powers, by which Adam and the schedules go, had other last bits in Node 24 than in Node 20', () => {
    /** The power of a double as a whole number times a power of two, exactly, against one of ours. */
    const errorOf = (base: number, n: number): number => {
      const whole = BigInt(base * 2 ** 53);
      const ours = wholePower(base, n);
      const shift = 60 - Math.floor(Math.log2(ours));
      const exact = ((whole ** BigInt(n)) << 64n) >> BigInt(53 * n - shift + 64);
      return Math.abs(Number(exact - BigInt(ours * 2 ** shift))) / Number(exact);
    };
    for (const base of [0.9, 0.999, 0.5, 0.95, 0.99995])
      for (const n of [0, 1, 2, 3, 10, 57, 255, 600]) expect(errorOf(base, n)).toBeLessThanOrEqual((n + 1) * ULP);
  });

  it('is right where it must be exact', () => {
    expect([wholePower(2, 10), wholePower(0.5, 3), wholePower(0.3, 0), wholePower(0, 5), wholePower(0, 0)]).toEqual([
      1024, 0.125, 1, 0, 1,
    ]);
    expect([sin(0), cos(0), log(1)]).toEqual([0, 1, 0]);
    expect(sin(Math.PI)).toBeCloseTo(1.2246467991473532e-16, 30);
  });
});
