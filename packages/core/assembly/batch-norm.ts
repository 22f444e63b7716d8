import { ma, the, zero } from './math/constants';
import { arg, panels, ptr } from './place';

// Batch normalisation over all rows of a step, which must stand in one block: [panel][unit][8]. Sums are float64.

const EPS: f64 = 1e-5;
const MOMENTUM: f64 = 0.1;

// @ts-ignore: decorator
@inline function low(v: v128): v128 { return f64x2.promote_low_f32x4(v); }
// @ts-ignore: decorator
@inline function high(v: v128): v128 { return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)); }
// @ts-ignore: decorator
@inline function total(v: v128): f64 { return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1); }

/**
 * x, labels, hat: (x - mean) / std, y: scale hat + shift, units, scale, shift, running mean, running variance, 1 / std,
 * rows. The running variance follows the unbiased one.
 */
export function batchNorm(pc: usize): void {
  const N = arg(pc, 4), rows = <f64>arg(pc, 10), next = <usize>N << 5;
  for (let n: usize = 0; n < <usize>N; n++) {
    const x = ptr(pc, 0) + (n << 5);
    let sum = f64x2.splat(0), labels = ptr(pc, 1);
    for (let p = 0, q = x; p < panels; p++, q += next) {
      for (let half: usize = 0; half < 32; half += 16) {
        const v = v128.andnot(v128.load(q + half), i32x4.lt_s(v128.load(labels + half), zero()));
        sum = f64x2.add(sum, f64x2.add(low(v), high(v)));
      }
      labels += 32;
    }
    const mean = total(sum) / rows, middle = f32x4.splat(<f32>mean);
    sum = f64x2.splat(0); labels = ptr(pc, 1);
    for (let p = 0, q = x; p < panels; p++, q += next) {
      for (let half: usize = 0; half < 32; half += 16) {
        const off = f32x4.sub(v128.load(q + half), middle);
        const v = v128.andnot(off, i32x4.lt_s(v128.load(labels + half), zero())), a = low(v), b = high(v);
        sum = f64x2.add(sum, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
      }
      labels += 32;
    }
    const variance = total(sum) / rows, inverse = <f32>(1 / sqrt<f64>(variance + EPS));
    store<f32>(ptr(pc, 9) + (n << 2), inverse);
    const rm = ptr(pc, 7) + (n << 2), rv = ptr(pc, 8) + (n << 2), m0 = <f64>load<f32>(rm), v0 = <f64>load<f32>(rv);
    store<f32>(rm, <f32>(m0 + MOMENTUM * (mean - m0)));
    store<f32>(rv, <f32>(v0 + MOMENTUM * (variance * (rows / max<f64>(1, rows - 1)) - v0)));
    const inv = f32x4.splat(inverse);
    const scale = v128.load_splat<f32>(ptr(pc, 5) + (n << 2)), shift = v128.load_splat<f32>(ptr(pc, 6) + (n << 2));
    let hat = ptr(pc, 2) + (n << 5), y = ptr(pc, 3) + (n << 5);
    for (let p = 0, q = x; p < panels; p++, q += next) {
      const a = f32x4.mul(f32x4.sub(v128.load(q), middle), inv), b = f32x4.mul(f32x4.sub(v128.load(q, 16), middle), inv);
      v128.store(hat, a); v128.store(hat, b, 16);
      v128.store(y, ma(shift, a, scale)); v128.store(y, ma(shift, b, scale), 16);
      hat += next; y += next;
    }
  }
}

/** In place, dy to dx. dy, labels, hat, units, scale, 1 / std, gradient over scale, over shift, rows */
export function batchNormBack(pc: usize): void {
  const N = arg(pc, 3), rows = <f64>arg(pc, 8), next = <usize>N << 5;
  for (let n: usize = 0; n < <usize>N; n++) {
    const dy = ptr(pc, 0) + (n << 5);
    let sum = f64x2.splat(0), along = f64x2.splat(0), hat = ptr(pc, 2) + (n << 5);
    for (let p = 0, q = dy; p < panels; p++, q += next) {
      for (let half: usize = 0; half < 32; half += 16) {
        const d = v128.load(q + half), h = v128.load(hat + half), d0 = low(d), d1 = high(d);
        sum = f64x2.add(sum, f64x2.add(d0, d1));
        along = f64x2.add(along, f64x2.add(f64x2.mul(d0, low(h)), f64x2.mul(d1, high(h))));
      }
      hat += next;
    }
    store<f32>(ptr(pc, 6) + (n << 2), <f32>total(along));
    store<f32>(ptr(pc, 7) + (n << 2), <f32>total(sum));
    const mean = f32x4.splat(<f32>(total(sum) / rows)), slant = f32x4.splat(<f32>(total(along) / rows));
    const factor = f32x4.splat(load<f32>(ptr(pc, 4) + (n << 2)) * load<f32>(ptr(pc, 5) + (n << 2)));
    let labels = ptr(pc, 1);
    hat = ptr(pc, 2) + (n << 5);
    for (let p = 0, q = dy; p < panels; p++, q += next) {
      for (let half: usize = 0; half < 32; half += 16) {
        const off = f32x4.sub(f32x4.sub(v128.load(q + half), mean), f32x4.mul(v128.load(hat + half), slant));
        v128.store(q + half, v128.andnot(f32x4.mul(factor, off), i32x4.lt_s(v128.load(labels + half), zero())));
      }
      hat += next; labels += 32;
    }
  }
}
