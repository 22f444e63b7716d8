import { ma, zero } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, panels, ptr } from '../place';
import { sloped } from '../slopes';

// The gradient over the input of a dense layer, times the slope of the activation that made this input.

// @ts-ignore: decorator
@inline function backAll<TA, TH>(x: usize, h: usize, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128): void {
  const A: i32 = offsetof<TA>(), H: i32 = offsetof<TH>();
  sloped<TA>(x, 0, c00, h); sloped<TA>(x, 16, c01, h);
  if (H > 1) { sloped<TA>(x, 32, c10, h); sloped<TA>(x, 48, c11, h); }
  if (H > 2) { sloped<TA>(x, 64, c20, h); sloped<TA>(x, 80, c21, h); }
  if (H > 3) { sloped<TA>(x, 96, c30, h); sloped<TA>(x, 112, c31, h); }
}

/** H inputs x 8 rows: dx = (sum over n of w dy) act'; REM outputs in the last, narrow panel */
// @ts-ignore: decorator
@inline function tileBack<TH, TREM>(A: i32, w: usize, ws: usize, narrow: usize, dy: usize, h: usize, x: usize, N: i32): void {
  const H: i32 = offsetof<TH>(), REM: i32 = offsetof<TREM>();
  let c00 = zero(), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  for (let n = N; n >= 4; n -= 4) {
    let x0 = v128.load(dy), x1 = v128.load(dy, 16);
    let a = v128.load_splat<f32>(w);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(w, 16); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(w, 32); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(w, 48); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
    x0 = v128.load(dy, 32); x1 = v128.load(dy, 48);
    a = v128.load_splat<f32>(w, 4);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(w, 20); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(w, 36); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(w, 52); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
    x0 = v128.load(dy, 64); x1 = v128.load(dy, 80);
    a = v128.load_splat<f32>(w, 8);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(w, 24); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(w, 40); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(w, 56); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
    x0 = v128.load(dy, 96); x1 = v128.load(dy, 112);
    a = v128.load_splat<f32>(w, 12);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(w, 28); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(w, 44); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(w, 60); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
    dy += 128; w += ws;
  }
  if (REM > 0) {
    const x0 = v128.load(dy), x1 = v128.load(dy, 16);
    let a = v128.load_splat<f32>(narrow);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(narrow + 4 * REM); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(narrow + 8 * REM); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(narrow + 12 * REM); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
  }
  if (REM > 1) {
    const x0 = v128.load(dy, 32), x1 = v128.load(dy, 48);
    let a = v128.load_splat<f32>(narrow, 4);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(narrow + 4 * REM, 4); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(narrow + 8 * REM, 4); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(narrow + 12 * REM, 4); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
  }
  if (REM > 2) {
    const x0 = v128.load(dy, 64), x1 = v128.load(dy, 80);
    let a = v128.load_splat<f32>(narrow, 8);
    c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
    if (H > 1) { a = v128.load_splat<f32>(narrow + 4 * REM, 8); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
    if (H > 2) { a = v128.load_splat<f32>(narrow + 8 * REM, 8); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
    if (H > 3) { a = v128.load_splat<f32>(narrow + 12 * REM, 8); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
  }
  if (A == 0) backAll<N0, TH>(x, h, c00, c01, c10, c11, c20, c21, c30, c31);
  else if (A == 1) backAll<N1, TH>(x, h, c00, c01, c10, c11, c20, c21, c30, c31);
  else if (A == 2) backAll<N2, TH>(x, h, c00, c01, c10, c11, c20, c21, c30, c31);
  else if (A == 3) backAll<N3, TH>(x, h, c00, c01, c10, c11, c20, c21, c30, c31);
  else backAll<N4, TH>(x, h, c00, c01, c10, c11, c20, c21, c30, c31);
}

// @ts-ignore: decorator
@inline function backPanels<TREM>(pc: usize): void {
  const REM: i32 = offsetof<TREM>();
  const w = ptr(pc, 0), A = arg(pc, 4), K = arg(pc, 5), N = arg(pc, 6), ws = <usize>K << 4;
  let dy = ptr(pc, 1), h = ptr(pc, 2), x = ptr(pc, 3);
  const narrow = w + <usize>(N >> 2) * ws;
  for (let p = 0; p < panels; p++) {
    let wp = w, nw = narrow, k = K;
    while (k >= 4) {
      tileBack<N4, TREM>(A, wp, ws, nw, dy, h, x, N);
      wp += 64; nw += 16 * REM; h += 128; x += 128; k -= 4;
    }
    if (k == 3) tileBack<N3, TREM>(A, wp, ws, nw, dy, h, x, N);
    else if (k == 2) tileBack<N2, TREM>(A, wp, ws, nw, dy, h, x, N);
    else if (k == 1) tileBack<N1, TREM>(A, wp, ws, nw, dy, h, x, N);
    h += <usize>k << 5; x += <usize>k << 5;
    dy += <usize>N << 5;
  }
}

/** one half of a panel of 8 rows; N outputs, 4 at most, whose gradients stay in registers */
// @ts-ignore: decorator
@inline function backNarrow<TN, TA>(w: usize, dy: usize, h: usize, x: usize, K: i32): void {
  const N: i32 = offsetof<TN>(), A: i32 = offsetof<TA>();
  for (let p = 0; p < panels; p++) {
    const d00 = v128.load(dy), d01 = v128.load(dy, 16);
    const d10 = N > 1 ? v128.load(dy, 32) : d00, d11 = N > 1 ? v128.load(dy, 48) : d00;
    const d20 = N > 2 ? v128.load(dy, 64) : d00, d21 = N > 2 ? v128.load(dy, 80) : d00;
    const d30 = N > 3 ? v128.load(dy, 96) : d00, d31 = N > 3 ? v128.load(dy, 112) : d00;
    let q = w;
    const end = w + <usize>(K * N << 2);
    while (q < end) {
      let a = v128.load_splat<f32>(q);
      let c0 = f32x4.mul(a, d00), c1 = f32x4.mul(a, d01);
      if (N > 1) { a = v128.load_splat<f32>(q, 4); c0 = ma(c0, a, d10); c1 = ma(c1, a, d11); }
      if (N > 2) { a = v128.load_splat<f32>(q, 8); c0 = ma(c0, a, d20); c1 = ma(c1, a, d21); }
      if (N > 3) { a = v128.load_splat<f32>(q, 12); c0 = ma(c0, a, d30); c1 = ma(c1, a, d31); }
      sloped<TA>(x, 0, c0, h); sloped<TA>(x, 16, c1, h);
      q += N << 2; h += 32; x += 32;
    }
    dy += N << 5;
  }
}
// @ts-ignore: decorator
@inline function backNarrowAll<TN>(pc: usize): void {
  const N: i32 = offsetof<TN>();
  const w = ptr(pc, 0), dy = ptr(pc, 1), h = ptr(pc, 2), x = ptr(pc, 3), A = arg(pc, 4), K = arg(pc, 5);
  if (A == 0) backNarrow<TN, N0>(w, dy, h, x, K);
  else if (A == 1) backNarrow<TN, N1>(w, dy, h, x, K);
  else if (A == 2) backNarrow<TN, N2>(w, dy, h, x, K);
  else if (A == 3) backNarrow<TN, N3>(w, dy, h, x, K);
  else backNarrow<TN, N4>(w, dy, h, x, K);
}
export function denseBackNarrow(pc: usize): void {
  const N = arg(pc, 6);
  if (N == 3) backNarrowAll<N3>(pc);
  else if (N == 2) backNarrowAll<N2>(pc);
  else if (N == 4) backNarrowAll<N4>(pc);
  else backNarrowAll<N1>(pc);
}
/** dx[k] = (sum over n of w[k, n] dy[n]) act'(h[k]): w, dy, h, dx, activation, K, N */
export function denseBack(pc: usize): void {
  const rem = arg(pc, 6) & 3;
  if (rem == 0) backPanels<N0>(pc);
  else if (rem == 1) backPanels<N1>(pc);
  else if (rem == 2) backPanels<N2>(pc);
  else backPanels<N3>(pc);
}
