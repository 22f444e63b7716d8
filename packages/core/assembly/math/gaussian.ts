import { HALF, MAGNITUDE, ma, ONE, the, zero } from './constants';
import { expOfNegative } from './exponential';

// erfc(a) = e^(-a^2) Q(t), t = 1 / (1 + 0.42 a), for a >= 0: the tail keeps its digits. Relative error of Q 1.6e-7.

const ROOT_HALF: usize = memory.data<f32>([0.70710678118654752]);
const DENSITY: usize = memory.data<f32>([0.39894228040143268]); // 1 / sqrt(2 pi)
const SLOPE: usize = memory.data<f32>([0.42]);
const Q0: usize = memory.data<f32>([0.23681993782520294]);
const Q1: usize = memory.data<f32>([0.23965005576610565]);
const Q2: usize = memory.data<f32>([0.19433441758155823]);
const Q3: usize = memory.data<f32>([0.27000874280929565]);
const Q4: usize = memory.data<f32>([-0.1328754425048828]);
const Q5: usize = memory.data<f32>([0.4431827664375305]);
const Q6: usize = memory.data<f32>([-0.3216916024684906]);
const Q7: usize = memory.data<f32>([0.07057096809148788]);

// @ts-ignore: decorator
@inline function tailPolynomial(a: v128): v128 {
  const t = f32x4.div(the(ONE), ma(the(ONE), a, the(SLOPE)));
  let q = ma(the(Q6), the(Q7), t);
  q = ma(the(Q5), q, t); q = ma(the(Q4), q, t); q = ma(the(Q3), q, t);
  q = ma(the(Q2), q, t); q = ma(the(Q1), q, t); q = ma(the(Q0), q, t);
  return f32x4.mul(q, t);
}

/** e^(-x^2 / 2) */
// @ts-ignore: decorator
@inline export function bell(x: v128): v128 {
  const a = f32x4.mul(x, the(ROOT_HALF));
  return expOfNegative(f32x4.neg(f32x4.mul(a, a)));
}
/** Phi(x), the normal distribution, of x and of what `bell` gave: within 12 ulp from -3 on, and 3e-7 everywhere. */
// @ts-ignore: decorator
@inline export function phi(x: v128, e: v128): v128 {
  const a = v128.and(f32x4.mul(x, the(ROOT_HALF)), the(MAGNITUDE));
  const tail = f32x4.mul(f32x4.mul(tailPolynomial(a), the(HALF)), e);
  return v128.bitselect(tail, f32x4.sub(the(ONE), tail), f32x4.lt(x, zero()));
}
/** d/dx of x Phi(x). */
// @ts-ignore: decorator
@inline export function geluSlope(x: v128, e: v128, p: v128): v128 {
  return ma(p, x, f32x4.mul(the(DENSITY), e));
}
