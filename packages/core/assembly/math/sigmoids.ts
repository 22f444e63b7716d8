import { MAGNITUDE, MINUS_TWO, ONE, SIGN, the, zero } from './constants';
import { expOfNegative, growth, powerOf2, remainder, rounded } from './exponential';
import { log1p } from './logarithm';

const TANH_MOST: usize = memory.data<f32>([15]); // tanh is 1 in float32 from 9.01 on
const SIGMOID_MOST: usize = memory.data<f32>([87]);
const SIGMOID_LEAST: usize = memory.data<f32>([-89]); // e^89 is infinity here, and sigmoid 0

/** tanh x = -m / (2 + m), m = e^(-2|x|) - 1 = 2^n growth + (2^n - 1): one formula for all x, small ones too. 3 ulp. */
// @ts-ignore: decorator
@inline export function tanh(x: v128): v128 {
  const u = f32x4.mul(f32x4.pmin(v128.and(x, the(MAGNITUDE)), the(TANH_MOST)), the(MINUS_TWO));
  const w = rounded(u), power = powerOf2(w);
  const m = f32x4.add(f32x4.mul(power, growth(remainder(u, w))), f32x4.sub(power, the(ONE)));
  return v128.bitselect(x, f32x4.div(m, f32x4.sub(the(MINUS_TWO), m)), the(SIGN));
}

/** 1 / (1 + e^-x) within 3 ulp down to -87; 0 below -88.4. */
// @ts-ignore: decorator
@inline export function sigmoid(x: v128): v128 {
  const u = f32x4.neg(f32x4.pmax(f32x4.pmin(x, the(SIGMOID_MOST)), the(SIGMOID_LEAST))), w = rounded(u);
  const e = f32x4.mul(f32x4.add(the(ONE), growth(remainder(u, w))), powerOf2(w));
  return f32x4.div(the(ONE), f32x4.add(the(ONE), e));
}

/** ln (1 + e^x) = max(x, 0) + ln (1 + e^-|x|) within 2 ulp. */
// @ts-ignore: decorator
@inline export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.max(x, zero()), log1p(expOfNegative(v128.or(x, the(SIGN)))));
}
