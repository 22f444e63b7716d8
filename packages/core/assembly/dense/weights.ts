import { ma, zero } from '../math/constants';
import { N1, N2, N3, N4 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { put, sums } from '../sums';

// The gradient over the kernel and the bias of a dense layer, added up over the blocks in their order.

/** H inputs x W outputs of the kernel's gradient: dot products along the rows */
// @ts-ignore: decorator
@inline function tileWeight<TH, TW>(x: usize, xs: usize, dy: usize, ds: usize, g: usize, first: bool): void {
  const H: i32 = offsetof<TH>(), W: i32 = offsetof<TW>();
  let c00 = zero(), c01 = c00, c02 = c00, c03 = c00, c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  let p = panels;
  do {
    let x0 = v128.load(x), x1 = H > 1 ? v128.load(x, 32) : x0;
    let d = v128.load(dy);
    c00 = ma(c00, x0, d); if (H > 1) c10 = ma(c10, x1, d);
    if (W > 1) { d = v128.load(dy, 32); c01 = ma(c01, x0, d); if (H > 1) c11 = ma(c11, x1, d); }
    if (W > 2) { d = v128.load(dy, 64); c02 = ma(c02, x0, d); if (H > 1) c12 = ma(c12, x1, d); }
    if (W > 3) { d = v128.load(dy, 96); c03 = ma(c03, x0, d); if (H > 1) c13 = ma(c13, x1, d); }
    x0 = v128.load(x, 16); if (H > 1) x1 = v128.load(x, 48);
    d = v128.load(dy, 16);
    c00 = ma(c00, x0, d); if (H > 1) c10 = ma(c10, x1, d);
    if (W > 1) { d = v128.load(dy, 48); c01 = ma(c01, x0, d); if (H > 1) c11 = ma(c11, x1, d); }
    if (W > 2) { d = v128.load(dy, 80); c02 = ma(c02, x0, d); if (H > 1) c12 = ma(c12, x1, d); }
    if (W > 3) { d = v128.load(dy, 112); c03 = ma(c03, x0, d); if (H > 1) c13 = ma(c13, x1, d); }
    x += xs; dy += ds;
  } while (--p);
  put<TW>(g, sums(c00, c01, c02, c03), first);
  if (H > 1) put<TW>(g + (W << 2), sums(c10, c11, c12, c13), first);
}

// @ts-ignore: decorator
@inline function weightPanel<TW>(x: usize, xs: usize, dy: usize, ds: usize, g: usize, K: i32, first: bool): void {
  const W: i32 = offsetof<TW>();
  let k = K;
  while (k >= 2) { tileWeight<N2, TW>(x, xs, dy, ds, g, first); x += 64; g += W << 3; k -= 2; }
  if (k) tileWeight<N1, TW>(x, xs, dy, ds, g, first);
}

/** the sum of dy along the rows of 4 (W) outputs */
// @ts-ignore: decorator
@inline function tileBias<TW>(dy: usize, ds: usize, g: usize, first: bool): void {
  const W: i32 = offsetof<TW>();
  let c0 = zero(), c1 = c0, c2 = c0, c3 = c0;
  let p = panels;
  do {
    c0 = f32x4.add(c0, v128.load(dy)); c0 = f32x4.add(c0, v128.load(dy, 16));
    if (W > 1) { c1 = f32x4.add(c1, v128.load(dy, 32)); c1 = f32x4.add(c1, v128.load(dy, 48)); }
    if (W > 2) { c2 = f32x4.add(c2, v128.load(dy, 64)); c2 = f32x4.add(c2, v128.load(dy, 80)); }
    if (W > 3) { c3 = f32x4.add(c3, v128.load(dy, 96)); c3 = f32x4.add(c3, v128.load(dy, 112)); }
    dy += ds;
  } while (--p);
  put<TW>(g, sums(c0, c1, c2, c3), first);
}

/** gw[k, n] += sum over rows of x[k] dy[n]; gb[n] += sum of dy[n]: x, stride, dy, gw, gb, K, N */
export function denseWeight(pc: usize): void {
  const x = ofBlock(pc, 0), K = arg(pc, 5), N = arg(pc, 6), xs = <usize>K << 5, ds = <usize>N << 5, ws = <usize>K << 4;
  let dy = ptr(pc, 2), g = ptr(pc, 3), gb = ptr(pc, 4), n = N;
  const first = block == 0;
  while (n >= 4) {
    weightPanel<N4>(x, xs, dy, ds, g, K, first); tileBias<N4>(dy, ds, gb, first);
    dy += 128; g += ws; gb += 16; n -= 4;
  }
  if (n == 3) { weightPanel<N3>(x, xs, dy, ds, g, K, first); tileBias<N3>(dy, ds, gb, first); }
  else if (n == 2) { weightPanel<N2>(x, xs, dy, ds, g, K, first); tileBias<N2>(dy, ds, gb, first); }
  else if (n == 1) { weightPanel<N1>(x, xs, dy, ds, g, K, first); tileBias<N1>(dy, ds, gb, first); }
}

/** 4 features of x, [panel][feature][8], to rows of `row` bytes */
// @ts-ignore: decorator
@inline function byRows(x: usize, xs: usize, to: usize, row: usize): void {
  for (let p = panels; p; --p) {
    for (let half: usize = 0; half < 32; half += 16) {
      const q = x + half, a = v128.load(q), b = v128.load(q, 32), c = v128.load(q, 64), d = v128.load(q, 96);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5)); to += row;
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7)); to += row;
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5)); to += row;
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7)); to += row;
    }
    x += xs;
  }
}

// @ts-ignore: decorator
@inline function addTo(p: usize, v: v128, first: bool): void { v128.store(p, first ? v : f32x4.add(v, v128.load(p))); }

/** 4 inputs, [row][4], x 4 (W = 1) or 8 (W = 2) outputs, [row][8], of the kernel's gradient */
// @ts-ignore: decorator
@inline function tileRows<TW>(x: usize, d: usize, g: usize, ws: usize, first: bool): void {
  const W: i32 = offsetof<TW>();
  let c00 = zero(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = x + (<usize>panels << 7);
  do {
    const d0 = v128.load(d), d1 = W > 1 ? v128.load(d, 16) : d0;
    let a = v128.load_splat<f32>(x);
    c00 = ma(c00, a, d0); if (W > 1) c01 = ma(c01, a, d1);
    a = v128.load_splat<f32>(x, 4);
    c10 = ma(c10, a, d0); if (W > 1) c11 = ma(c11, a, d1);
    a = v128.load_splat<f32>(x, 8);
    c20 = ma(c20, a, d0); if (W > 1) c21 = ma(c21, a, d1);
    a = v128.load_splat<f32>(x, 12);
    c30 = ma(c30, a, d0); if (W > 1) c31 = ma(c31, a, d1);
    d += 32; x += 16;
  } while (x < end);
  addTo(g, c00, first); addTo(g + 16, c10, first); addTo(g + 32, c20, first); addTo(g + 48, c30, first);
  if (W > 1) {
    g += ws;
    addTo(g, c01, first); addTo(g + 16, c11, first); addTo(g + 32, c21, first); addTo(g + 48, c31, first);
  }
}

/**
 * as denseWeight, for wide layers: dy and x are turned to rows, so that all is read along memory: x, stride, dy, gw, gb, K,
 * N, scratch [ceil(N / 8)][rows][8], scratch [rows][4]
 */
export function denseWeightWide(pc: usize): void {
  const K = arg(pc, 5), N = arg(pc, 6), xs = <usize>K << 5, ds = <usize>N << 5, ws = <usize>K << 4;
  const turned = ptr(pc, 7), x4 = ptr(pc, 8), group = <usize>panels << 8, first = block == 0, whole = N & ~3;
  const dy = ptr(pc, 2), gb = ptr(pc, 4);
  for (let n = 0; n < whole; n += 4) {
    const from = dy + (<usize>n << 5);
    byRows(from, ds, turned + <usize>(n >> 3) * group + (<usize>(n & 4) << 2), 32);
    tileBias<N4>(from, ds, gb + (<usize>n << 2), first);
  }
  let x = ofBlock(pc, 0), g = ptr(pc, 3), k = K;
  for (; k >= 4; k -= 4) {
    byRows(x, xs, x4, 16);
    let n = N, d = turned, gp = g;
    for (; n >= 8; n -= 8) { tileRows<N2>(x4, d, gp, ws, first); d += group; gp += ws << 1; }
    if (n >= 4) tileRows<N1>(x4, d, gp, ws, first);
    x += 128; g += 64;
  }
  // The inputs and outputs that are left.
  if (k) for (let n = 0; n < whole; n += 4) weightPanel<N4>(x, xs, dy + (<usize>n << 5), ds, g + <usize>(n >> 2) * ws, k, first);
  const from = dy + (<usize>whole << 5), gn = ptr(pc, 3) + <usize>(N >> 2) * ws, bn = gb + (<usize>whole << 2), n = N & 3;
  x = ofBlock(pc, 0);
  if (n == 3) { weightPanel<N3>(x, xs, from, ds, gn, K, first); tileBias<N3>(from, ds, bn, first); }
  else if (n == 2) { weightPanel<N2>(x, xs, from, ds, gn, K, first); tileBias<N2>(from, ds, bn, first); }
  else if (n == 1) { weightPanel<N1>(x, xs, from, ds, gn, K, first); tileBias<N1>(from, ds, bn, first); }
}
