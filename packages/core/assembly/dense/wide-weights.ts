import { ma, zero } from '../math/constants';
import { N0, N1 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { sums } from '../sums';
import { countOf, featureOf } from './active';

// The gradient over the kernel and the bias of a wide dense layer, added up over the rows in their order, then over the blocks.

// @ts-ignore: decorator
@inline function feature(list: usize, i: i32): usize { return list ? featureOf(list, i) : <usize>i; }

/** 4 features of all panels, from the `i`th of `count` on, to rows of `row` bytes: any for those beyond the last. Their sums. */
// @ts-ignore: decorator
@inline export function byRows(x: usize, next: usize, list: usize, i: i32, count: i32, to: usize, row: usize): v128 {
  let p0 = x + (feature(list, i) << 5), p1 = x + (feature(list, min(i + 1, count - 1)) << 5);
  let p2 = x + (feature(list, min(i + 2, count - 1)) << 5), p3 = x + (feature(list, min(i + 3, count - 1)) << 5);
  let s0 = zero(), s1 = s0, s2 = s0, s3 = s0;
  for (let p = panels; p; --p) {
    for (let half: usize = 0; half < 32; half += 16) {
      const a = v128.load(p0 + half), b = v128.load(p1 + half), c = v128.load(p2 + half), d = v128.load(p3 + half);
      s0 = f32x4.add(s0, a); s1 = f32x4.add(s1, b); s2 = f32x4.add(s2, c); s3 = f32x4.add(s3, d);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5)); to += row;
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7)); to += row;
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5)); to += row;
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7)); to += row;
    }
    p0 += next; p1 += next; p2 += next; p3 += next;
  }
  return sums(s0, s1, s2, s3);
}

/** The sums of 4 inputs x 8 outputs, [4][8], or of 4 biases. */
const T: usize = memory.data(4 * 8 * 4, 16);

// @ts-ignore: decorator
@inline function add(p: usize, v: f32): void { store<f32>(p, load<f32>(p) + v); }
// @ts-ignore: decorator
@inline function addTo(p: usize, v: v128): void { v128.store(p, f32x4.add(v128.load(p), v)); }

/** Sums of 4 outputs, from the `j`th of n on. */
// @ts-ignore: decorator
@inline export function addBiases(gb: usize, outputs: usize, j: i32, n: i32, sums: v128): void {
  v128.store(T, sums);
  for (let i = 0, end = min(4, n - j); i < end; i++) add(gb + (feature(outputs, j + i) << 2), load<f32>(T + (<usize>i << 2)));
}

/** 4 inputs, [row][4], x 8 outputs, [row][8]: to T where TT is 1, else added to what two panels of the gradient have of them */
// @ts-ignore: decorator
@inline function tileRows<TT>(x: usize, d: usize, g0: usize, g1: usize, g2: usize, g3: usize, ws: usize): void {
  let c00 = zero(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = x + (<usize>panels << 7);
  do {
    const d0 = v128.load(d), d1 = v128.load(d, 16);
    let a = v128.load_splat<f32>(x);
    c00 = ma(c00, a, d0); c01 = ma(c01, a, d1);
    a = v128.load_splat<f32>(x, 4);
    c10 = ma(c10, a, d0); c11 = ma(c11, a, d1);
    a = v128.load_splat<f32>(x, 8);
    c20 = ma(c20, a, d0); c21 = ma(c21, a, d1);
    a = v128.load_splat<f32>(x, 12);
    c30 = ma(c30, a, d0); c31 = ma(c31, a, d1);
    d += 32; x += 16;
  } while (x < end);
  if (offsetof<TT>() == 1) {
    v128.store(T, c00); v128.store(T, c01, 16); v128.store(T, c10, 32); v128.store(T, c11, 48);
    v128.store(T, c20, 64); v128.store(T, c21, 80); v128.store(T, c30, 96); v128.store(T, c31, 112);
  } else {
    addTo(g0, c00); addTo(g1, c10); addTo(g2, c20); addTo(g3, c30);
    addTo(g0 + ws, c01); addTo(g1 + ws, c11); addTo(g2 + ws, c21); addTo(g3 + ws, c31);
  }
}

/**
 * As denseWeight, between active inputs and active outputs, 0 for the others: x, stride, dy, gw, gb, K, N, lists of inputs
 * and of outputs or 0, scratch [N / 8][rows][8] and [rows][4]
 */
export function denseWeightWide(pc: usize): void {
  const x = ofBlock(pc, 0), dy = ptr(pc, 2), g = ptr(pc, 3), gb = ptr(pc, 4), K = arg(pc, 5), N = arg(pc, 6), ws = <usize>K << 4;
  const inputs = ptr(pc, 7), outputs = ptr(pc, 8), k = inputs ? countOf(inputs) : K, n = outputs ? countOf(outputs) : N;
  const scratch = ptr(pc, 9), group = <usize>panels << 8, x4 = scratch + (<usize>(n + 7) >> 3) * group;
  if (block == 0) { memory.fill(g, 0, <usize>(K * N) << 2); memory.fill(gb, 0, <usize>N << 2); }
  for (let j = 0; j < n; j += 4)
    addBiases(gb, outputs, j, n, byRows(dy, <usize>N << 5, outputs, j, n, scratch + <usize>(j >> 3) * group + (<usize>(j & 4) << 2), 32));
  for (let i = 0; i < k; i += 4) {
    byRows(x, <usize>K << 5, inputs, i, k, x4, 16);
    const most = min(4, k - i), k0 = feature(inputs, i), k1 = feature(inputs, min(i + 1, k - 1));
    const k2 = feature(inputs, min(i + 2, k - 1)), k3 = feature(inputs, min(i + 3, k - 1));
    let d = scratch;
    for (let j = 0; j < n; j += 8) {
      if (most == 4 && n == N && j + 8 <= N) {
        const to = g + <usize>(j >> 2) * ws;
        tileRows<N0>(x4, d, to + (k0 << 4), to + (k1 << 4), to + (k2 << 4), to + (k3 << 4), ws);
        d += group;
        continue;
      }
      tileRows<N1>(x4, d, 0, 0, 0, 0, 0);
      d += group;
      for (let o = 0, end = min(8, n - j); o < end; o++) {
        const output = <i32>feature(outputs, j + o), width = <usize>min(4, N - (output & ~3)) << 2, t = T + (<usize>o << 2);
        const to = g + <usize>(output >> 2) * ws + (<usize>(output & 3) << 2);
        add(to + k0 * width, load<f32>(t));
        if (most > 1) add(to + k1 * width, load<f32>(t, 32));
        if (most > 2) add(to + k2 * width, load<f32>(t, 64));
        if (most > 3) add(to + k3 * width, load<f32>(t, 96));
      }
    }
  }
}
