import { ma, zero } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, ofBlock, panels, ptr } from '../place';

// What has a row for each example stands in panels of 8 rows: [panel][feature][8]. A kernel [K, N] stands in panels of 4
// outputs, [N / 4][K][4], the last one as narrow as what is left: a permutation, no padding.

// @ts-ignore: decorator
@inline function relu(c: v128): v128 { return f32x4.pmax(c, zero()); }

/** H outputs x 8 rows: y = b + sum w x, in the order of k */
// @ts-ignore: decorator
@inline function tile<TH, TRELU>(w: usize, x: usize, y: usize, b: usize, K: i32): void {
  const H: i32 = offsetof<TH>(), RELU: i32 = offsetof<TRELU>();
  let c00 = v128.load_splat<f32>(b), c01 = c00;
  let c10 = zero(), c11 = c10, c20 = c10, c21 = c10, c30 = c10, c31 = c10;
  if (H > 1) { c10 = v128.load_splat<f32>(b, 4); c11 = c10; }
  if (H > 2) { c20 = v128.load_splat<f32>(b, 8); c21 = c20; }
  if (H > 3) { c30 = v128.load_splat<f32>(b, 12); c31 = c30; }
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
  if (RELU) {
    c00 = relu(c00); c01 = relu(c01);
    if (H > 1) { c10 = relu(c10); c11 = relu(c11); }
    if (H > 2) { c20 = relu(c20); c21 = relu(c21); }
    if (H > 3) { c30 = relu(c30); c31 = relu(c31); }
  }
  v128.store(y, c00); v128.store(y, c01, 16);
  if (H > 1) { v128.store(y, c10, 32); v128.store(y, c11, 48); }
  if (H > 2) { v128.store(y, c20, 64); v128.store(y, c21, 80); }
  if (H > 3) { v128.store(y, c30, 96); v128.store(y, c31, 112); }
}

// @ts-ignore: decorator
@inline function densePanels<TRELU>(pc: usize): void {
  const RELU: i32 = offsetof<TRELU>();
  let x = ofBlock(pc, 0), w = ptr(pc, 2), b = ptr(pc, 3), y = ptr(pc, 4);
  const K = arg(pc, 5), N = arg(pc, 6), ws = <usize>K << 4;
  for (let p = 0; p < panels; p++) {
    let wp = w, bp = b, n = N;
    while (n >= 4) { tile<N4, TRELU>(wp, x, y, bp, K); wp += ws; bp += 16; y += 128; n -= 4; }
    if (n == 3) tile<N3, TRELU>(wp, x, y, bp, K);
    else if (n == 2) tile<N2, TRELU>(wp, x, y, bp, K);
    else if (n == 1) tile<N1, TRELU>(wp, x, y, bp, K);
    y += <usize>n << 5;
    x += <usize>K << 5;
  }
}

/** x, stride, w, b, y, K, N */
export function dense(pc: usize): void { densePanels<N0>(pc); }
export function denseRelu(pc: usize): void { densePanels<N1>(pc); }
