import { ma, zero } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { sloped } from '../slopes';

// What has a row for each example stands in panels of 8 rows: [panel][feature][8]. A kernel [K, N] stands in panels of 4
// outputs, [N / 4][K][4], the last one as narrow as what is left: a permutation, no padding.

// @ts-ignore: decorator
@inline function relu(c: v128): v128 { return f32x4.pmax(c, zero()); }

// @ts-ignore: decorator
@inline function slopedAll<TA, TH>(y: usize, h: usize, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128): void {
  const H: i32 = offsetof<TH>();
  sloped<TA>(y, 0, c00, h); sloped<TA>(y, 16, c01, h);
  if (H > 1) { sloped<TA>(y, 32, c10, h); sloped<TA>(y, 48, c11, h); }
  if (H > 2) { sloped<TA>(y, 64, c20, h); sloped<TA>(y, 80, c21, h); }
  if (H > 3) { sloped<TA>(y, 96, c30, h); sloped<TA>(y, 112, c31, h); }
}

// @ts-ignore: decorator
@inline function behindRelu(y: usize, feature: usize, c0: v128, c1: v128): void {
  const at = y + (<usize>load<i32>(feature) << 5);
  sloped<N1>(at, 0, c0, at); sloped<N1>(at, 16, c1, at);
}

/**
 * H outputs x 8 rows: the sum of w x over K in its order, and then as END says. 0: y = b + sum. 1: with ReLU behind it.
 * 2: y = sum times slope A at h, without a bias. 3: y = sum where y > 0, of the features in the list at b.
 */
// @ts-ignore: decorator
@inline export function tile<TH, TEND>(w: usize, x: usize, y: usize, b: usize, K: i32, A: i32, h: usize): void {
  const H: i32 = offsetof<TH>(), END: i32 = offsetof<TEND>();
  let c00 = zero(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  if (END < 2) {
    c00 = v128.load_splat<f32>(b); c01 = c00;
    if (H > 1) { c10 = v128.load_splat<f32>(b, 4); c11 = c10; }
    if (H > 2) { c20 = v128.load_splat<f32>(b, 8); c21 = c20; }
    if (H > 3) { c30 = v128.load_splat<f32>(b, 12); c31 = c30; }
  }
  const end = x + (<usize>K << 5);
  while (x < end) {
    const x0 = v128.load(x), x1 = v128.load(x, 16);
    let a = v128.load_splat<f32>(w);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(w, 4); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(w, 8); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(w, 12); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
    w += H << 2; x += 32;
  }
  if (END == 1) {
    c00 = relu(c00); c01 = relu(c01);
    if (H > 1) { c10 = relu(c10); c11 = relu(c11); }
    if (H > 2) { c20 = relu(c20); c21 = relu(c21); }
    if (H > 3) { c30 = relu(c30); c31 = relu(c31); }
  }
  if (END == 2) {
    if (A == 0) slopedAll<N0, TH>(y, h, c00, c01, c10, c11, c20, c21, c30, c31);
    else if (A == 1) slopedAll<N1, TH>(y, h, c00, c01, c10, c11, c20, c21, c30, c31);
    else if (A == 2) slopedAll<N2, TH>(y, h, c00, c01, c10, c11, c20, c21, c30, c31);
    else if (A == 3) slopedAll<N3, TH>(y, h, c00, c01, c10, c11, c20, c21, c30, c31);
    else slopedAll<N4, TH>(y, h, c00, c01, c10, c11, c20, c21, c30, c31);
    return;
  }
  if (END == 3) {
    behindRelu(y, b, c00, c01);
    if (H > 1) behindRelu(y, b + 4, c10, c11);
    if (H > 2) behindRelu(y, b + 8, c20, c21);
    if (H > 3) behindRelu(y, b + 12, c30, c31);
    return;
  }
  v128.store(y, c00); v128.store(y, c01, 16);
  if (H > 1) { v128.store(y, c10, 32); v128.store(y, c11, 48); }
  if (H > 2) { v128.store(y, c20, 64); v128.store(y, c21, 80); }
  if (H > 3) { v128.store(y, c30, 96); v128.store(y, c31, 112); }
}

