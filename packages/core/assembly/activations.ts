import { ma, ONE, the, zero } from './math/constants';
import { expm1OfNegative } from './math/exponential';
import { bell, geluSlope, phi } from './math/gaussian';
import { sigmoid, softplus, tanh } from './math/sigmoids';
import { arg, panels, ptr } from './place';

// Activation functions in place, y of some features in each panel. Two vectors at a time: their chains of operations fill
// each other's waits. Those whose derivative does not follow from what they give write it beside, where the way back finds it.

const LEAK: usize = memory.data<f32>([0.01]);

/** y, features */
export function actRelu(pc: usize): void {
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    v128.store(y, f32x4.max(v128.load(y), zero()));
    v128.store(y, f32x4.max(v128.load(y, 16), zero()), 16);
  }
}
/** y, features */
export function actTanh(pc: usize): void {
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const a = tanh(v128.load(y)), b = tanh(v128.load(y, 16));
    v128.store(y, a); v128.store(y, b, 16);
  }
}
/** y, features */
export function actSigmoid(pc: usize): void {
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const a = sigmoid(v128.load(y)), b = sigmoid(v128.load(y, 16));
    v128.store(y, a); v128.store(y, b, 16);
  }
}
/** y, features, derivative: x Phi(x) */
export function actGelu(pc: usize): void {
  let d = ptr(pc, 2);
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const x0 = v128.load(y), x1 = v128.load(y, 16), e0 = bell(x0), e1 = bell(x1), p0 = phi(x0, e0), p1 = phi(x1, e1);
    v128.store(y, f32x4.mul(x0, p0)); v128.store(y, f32x4.mul(x1, p1), 16);
    v128.store(d, geluSlope(x0, e0, p0)); v128.store(d, geluSlope(x1, e1, p1), 16);
    d += 32;
  }
}
/** y, features, derivative: x s with s = sigmoid x, and s + x s (1 - s) */
export function actSwish(pc: usize): void {
  let d = ptr(pc, 2);
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const x0 = v128.load(y), x1 = v128.load(y, 16), s0 = sigmoid(x0), s1 = sigmoid(x1);
    const y0 = f32x4.mul(x0, s0), y1 = f32x4.mul(x1, s1);
    v128.store(y, y0); v128.store(y, y1, 16);
    v128.store(d, ma(s0, y0, f32x4.sub(the(ONE), s0))); v128.store(d, ma(s1, y1, f32x4.sub(the(ONE), s1)), 16);
    d += 32;
  }
}
/** y, features, derivative: its derivative is the sigmoid */
export function actSoftplus(pc: usize): void {
  let d = ptr(pc, 2);
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const x0 = v128.load(y), x1 = v128.load(y, 16), y0 = softplus(x0), y1 = softplus(x1);
    v128.store(y, y0); v128.store(y, y1, 16);
    const s0 = sigmoid(x0), s1 = sigmoid(x1);
    v128.store(d, s0); v128.store(d, s1, 16);
    d += 32;
  }
}
/** y, features, derivative: x above 0, else 0.01 x */
export function actLeakyRelu(pc: usize): void {
  let d = ptr(pc, 2);
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 16) {
    const x = v128.load(y), above = f32x4.gt(x, zero());
    v128.store(y, v128.bitselect(x, f32x4.mul(x, the(LEAK)), above));
    v128.store(d, v128.bitselect(the(ONE), the(LEAK), above));
    d += 16;
  }
}
/** y, features, derivative: x above 0, else e^x - 1 */
export function actElu(pc: usize): void {
  let d = ptr(pc, 2);
  for (let y = ptr(pc, 0), end = y + (<usize>(panels * arg(pc, 1)) << 5); y < end; y += 32) {
    const x0 = v128.load(y), x1 = v128.load(y, 16), above0 = f32x4.gt(x0, zero()), above1 = f32x4.gt(x1, zero());
    const below0 = expm1OfNegative(v128.andnot(x0, above0)), below1 = expm1OfNegative(v128.andnot(x1, above1));
    v128.store(y, v128.bitselect(x0, below0, above0)); v128.store(y, v128.bitselect(x1, below1, above1), 16);
    v128.store(d, v128.bitselect(the(ONE), f32x4.add(below0, the(ONE)), above0));
    v128.store(d, v128.bitselect(the(ONE), f32x4.add(below1, the(ONE)), above1), 16);
    d += 32;
  }
}
