import { HALF, INFINITY, ma, ONE, the, zero } from './constants';

// x = 2^e m with sqrt(1/2) <= m < sqrt 2; the polynomial is that of Cephes' logf.

const ROOT_HALF: usize = memory.data<u32>([0x3f3504f3]);
const FRACTION: usize = memory.data<u32>([0x007fffff]);
const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
const LN2_LOW: usize = memory.data<f32>([-2.12194440e-4]);
const LEAST_NORMAL: usize = memory.data<u32>([0x00800000]);
const TWO_23: usize = memory.data<f32>([8388608]);
const MINUS_23: usize = memory.data<f32>([-23]);
const NOT_A_NUMBER: usize = memory.data<u32>([0x7fc00000]);
const C0: usize = memory.data<f32>([7.0376836292e-2]);
const C1: usize = memory.data<f32>([-1.1514610310e-1]);
const C2: usize = memory.data<f32>([1.1676998740e-1]);
const C3: usize = memory.data<f32>([-1.2420140846e-1]);
const C4: usize = memory.data<f32>([1.4249322787e-1]);
const C5: usize = memory.data<f32>([-1.6668057665e-1]);
const C6: usize = memory.data<f32>([2.0000714765e-1]);
const C7: usize = memory.data<f32>([-2.4999993993e-1]);
const C8: usize = memory.data<f32>([3.3333331174e-1]);

/** ln x of a normal number x > 0, plus `more` ln 2. */
// @ts-ignore: decorator
@inline function ofNormal(x: v128, more: v128): v128 {
  const i = i32x4.sub(x, the(ROOT_HALF));
  const e = f32x4.add(f32x4.convert_i32x4_s(i32x4.shr_s(i, 23)), more);
  const m = f32x4.sub(i32x4.add(v128.and(i, the(FRACTION)), the(ROOT_HALF)), the(ONE));
  const z = f32x4.mul(m, m);
  let p = ma(the(C1), the(C0), m);
  p = ma(the(C2), p, m); p = ma(the(C3), p, m); p = ma(the(C4), p, m);
  p = ma(the(C5), p, m); p = ma(the(C6), p, m); p = ma(the(C7), p, m); p = ma(the(C8), p, m);
  let y = f32x4.add(f32x4.mul(f32x4.mul(m, z), p), f32x4.mul(e, the(LN2_LOW)));
  y = f32x4.sub(y, f32x4.mul(z, the(HALF)));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(e, the(LN2_HIGH)));
}

/** ln x within 2 ulp, of all numbers: -infinity at 0, NaN below. */
// @ts-ignore: decorator
@inline export function log(x: v128): v128 {
  const small = f32x4.lt(x, the(LEAST_NORMAL));
  const scaled = v128.bitselect(f32x4.mul(x, the(TWO_23)), x, small);
  let y = ofNormal(scaled, v128.and(the(MINUS_23), small));
  y = v128.bitselect(x, y, f32x4.eq(x, the(INFINITY)));
  y = v128.bitselect(f32x4.neg(the(INFINITY)), y, f32x4.eq(x, zero()));
  return v128.bitselect(y, the(NOT_A_NUMBER), f32x4.ge(x, zero()));
}

/** ln x for 1 <= x < infinity; NaN where x is NaN. */
// @ts-ignore: decorator
@inline export function logFrom1(x: v128): v128 {
  // x - x is 0, and NaN where x is: the bits of a NaN would look like those of a number.
  return f32x4.add(ofNormal(x, zero()), f32x4.sub(x, x));
}

/** ln (1 + x) for 0 <= x <= 1 within 2 ulp, near 0 too: what 1 + x lost by rounding is put back. */
// @ts-ignore: decorator
@inline export function log1p(x: v128): v128 {
  const u = f32x4.add(the(ONE), x), lost = f32x4.sub(x, f32x4.sub(u, the(ONE)));
  return f32x4.add(logFrom1(u), f32x4.div(lost, u));
}
