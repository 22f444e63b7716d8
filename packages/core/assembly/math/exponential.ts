import { HALF, INFINITY, ma, ONE, the } from './constants';

// e^x = 2^n e^r with n = round(x log2 e) and |r| <= ln 2 / 2.

const LOG2E: usize = memory.data<f32>([1.4426950408889634]);
/** 1.5 * 2^23: what it is added to is rounded to a whole number, which then stands in the lowest bits. */
export const ROUNDING: usize = memory.data<f32>([12582912]);
/** ln 2 = HIGH - LOW; n HIGH is exact for the n that occur. */
const LN2_HIGH: usize = memory.data<u32>([0x3f318000]);
const LN2_LOW: usize = memory.data<u32>([0xb95e8083]);
/** The exponent of 2^0. */
export const BIAS: usize = memory.data<u32>([127]);
const LEAST: usize = memory.data<u32>([0xc2aeac4f]); // -87.33654: e^x is a normal number from here on
const MOST: usize = memory.data<u32>([0x42b17218]); // 88.72284: below infinity up to here

// (e^r - 1 - r) / r^2 - 1/2 over r, relative error of e^r 1e-8.
const C3: usize = memory.data<f32>([0.0013901280472055078]);
const C2: usize = memory.data<f32>([0.008363140746951103]);
const C1: usize = memory.data<f32>([0.04166685417294502]);
const C0: usize = memory.data<f32>([0.16666577756404877]);

/** x log2 e, rounded: n stands in the lowest bits of what this gives. */
// @ts-ignore: decorator
@inline export function rounded(x: v128): v128 { return ma(the(ROUNDING), x, the(LOG2E)); }
/** r of x and of what `rounded` gave. */
// @ts-ignore: decorator
@inline export function remainder(x: v128, w: v128): v128 {
  const n = f32x4.sub(w, the(ROUNDING));
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, the(LN2_HIGH))), f32x4.mul(n, the(LN2_LOW)));
}
/** 2^n for -126 <= n <= 127, of what `rounded` gave; infinity for 128. */
// @ts-ignore: decorator
@inline export function powerOf2(w: v128): v128 { return i32x4.shl(i32x4.add(w, the(BIAS)), 23); }
/** e^r - 1 for |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline export function growth(r: v128): v128 {
  const s = f32x4.mul(r, r);
  const low = ma(the(HALF), the(C0), r), high = ma(the(C1), the(C2), r);
  const q = ma(ma(low, high, s), f32x4.mul(s, s), the(C3));
  return ma(r, s, q);
}

/** e^x within 2 ulp; 0 where it would be less than a normal number, below -87.33. */
// @ts-ignore: decorator
@inline export function exp(x: v128): v128 {
  // pmin and pmax, one instruction each on x64, give their first argument where one is NaN.
  const c = f32x4.pmax(f32x4.pmin(x, the(MOST)), the(LEAST)), w = rounded(c);
  // 2^n in two halves, so that n = 128 is not infinite before its time.
  const n = i32x4.sub(w, the(ROUNDING)), half = i32x4.shr_s(n, 1);
  const y = f32x4.add(the(ONE), growth(remainder(c, w)));
  const scaled = f32x4.mul(f32x4.mul(y, powerOf2(half)), powerOf2(i32x4.sub(n, half)));
  const grown = v128.or(scaled, v128.and(f32x4.gt(x, the(MOST)), the(INFINITY)));
  return v128.andnot(grown, f32x4.lt(x, the(LEAST)));
}

/** e^x for x <= 0, as `exp`. */
// @ts-ignore: decorator
@inline export function expOfNegative(x: v128): v128 {
  const c = f32x4.pmax(x, the(LEAST)), w = rounded(c);
  const y = f32x4.mul(f32x4.add(the(ONE), growth(remainder(c, w))), powerOf2(w));
  return v128.andnot(y, f32x4.lt(x, the(LEAST)));
}

/** e^x - 1 for x <= 0 within 2 ulp, near 0 too: 2^n growth + (2^n - 1). */
// @ts-ignore: decorator
@inline export function expm1OfNegative(x: v128): v128 {
  const c = f32x4.pmax(x, the(LEAST)), w = rounded(c), power = powerOf2(w);
  return f32x4.add(f32x4.mul(power, growth(remainder(c, w))), f32x4.sub(power, the(ONE)));
}
