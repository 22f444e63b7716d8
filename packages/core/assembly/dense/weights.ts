import { ma, zero } from '../math/constants';
import { N1, N2, N3, N4 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { put, sums } from '../sums';

// The gradient over the kernel and the bias of a dense layer, added up over the blocks in their order.

/** H inputs x W outputs of the kernel's gradient: dot products along the rows of `count` panels */
// @ts-ignore: decorator
@inline function tileWeight<TH, TW>(x: usize, xs: usize, dy: usize, ds: usize, g: usize, count: i32, first: bool): void {
  const H: i32 = offsetof<TH>(), W: i32 = offsetof<TW>();
  let c00 = zero(), c01 = c00, c02 = c00, c03 = c00, c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  // Half of a panel a turn: V8 loads all that a turn needs before it computes, and has 16 registers.
  let turns = count << 1, xNext: usize = 16, dNext: usize = 16;
  do {
    const x0 = v128.load(x), x1 = H > 1 ? v128.load(x, 32) : x0;
    let d = v128.load(dy);
    c00 = ma(c00, x0, d); if (H > 1) c10 = ma(c10, x1, d);
    if (W > 1) { d = v128.load(dy, 32); c01 = ma(c01, x0, d); if (H > 1) c11 = ma(c11, x1, d); }
    if (W > 2) { d = v128.load(dy, 64); c02 = ma(c02, x0, d); if (H > 1) c12 = ma(c12, x1, d); }
    if (W > 3) { d = v128.load(dy, 96); c03 = ma(c03, x0, d); if (H > 1) c13 = ma(c13, x1, d); }
    x += xNext; dy += dNext; xNext = xs - xNext; dNext = ds - dNext;
  } while (--turns);
  put<TW>(g, sums(c00, c01, c02, c03), first);
  if (H > 1) put<TW>(g + (W << 2), sums(c10, c11, c12, c13), first);
}

// @ts-ignore: decorator
@inline export function weightPanel<TW>(x: usize, xs: usize, dy: usize, ds: usize, g: usize, K: i32, count: i32, first: bool): void {
  const W: i32 = offsetof<TW>();
  let k = K;
  while (k >= 2) { tileWeight<N2, TW>(x, xs, dy, ds, g, count, first); x += 64; g += W << 3; k -= 2; }
  if (k) tileWeight<N1, TW>(x, xs, dy, ds, g, count, first);
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
    weightPanel<N4>(x, xs, dy, ds, g, K, panels, first); tileBias<N4>(dy, ds, gb, first);
    dy += 128; g += ws; gb += 16; n -= 4;
  }
  if (n == 3) { weightPanel<N3>(x, xs, dy, ds, g, K, panels, first); tileBias<N3>(dy, ds, gb, first); }
  else if (n == 2) { weightPanel<N2>(x, xs, dy, ds, g, K, panels, first); tileBias<N2>(dy, ds, gb, first); }
  else if (n == 1) { weightPanel<N1>(x, xs, dy, ds, g, K, panels, first); tileBias<N1>(dy, ds, gb, first); }
}
