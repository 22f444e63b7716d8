import { ma } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, panels, ptr } from '../place';
import { sloped } from '../slopes';
import { activeFeatures, activeTurned, countOf } from './active';
import { tile } from './tile';

// The gradient over the input of a dense layer, times the slope of the activation that made this input.

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
/** A kernel [K, N] turned to [N, K], in panels of 4 inputs, so that `denseBack` reads it along memory: w, to, K, N */
export function turn(pc: usize): void {
  const K = arg(pc, 2), N = arg(pc, 3);
  let w = ptr(pc, 0);
  for (let n = 0; n < N; n += 4) {
    const width = <usize>min(4, N - n) << 2;
    for (let k = 0; k < K; k += 4) {
      const high = <usize>min(4, K - k), row = high << 2;
      let to = ptr(pc, 1) + (<usize>(k * N) << 2) + <usize>n * row;
      for (let from = w, end = w + width; from < end; from += 4) {
        for (let i: usize = 0; i < high; i++) store<f32>(to + (i << 2), load<f32>(from + i * width));
        to += row;
      }
      w += high * width;
    }
  }
}

/** as `denseBack` behind a ReLU, in place: dx is h, and stays 0 where that is not active */
function backActive(pc: usize): void {
  const K = arg(pc, 5), N = arg(pc, 6), outputs = ptr(pc, 7), inputs = ptr(pc, 8), n = countOf(outputs);
  const features = ptr(pc, 9), w = features + (<usize>n << 5), ws = <usize>n << 4;
  let dy = ptr(pc, 1), x = ptr(pc, 3);
  activeTurned(ptr(pc, 0), w, K, N, inputs, outputs);
  for (let p = 0; p < panels; p++) {
    activeFeatures(dy, features, outputs);
    let wp = w, list = inputs + 4, k = countOf(inputs);
    for (; k >= 4; k -= 4) { tile<N4, N3>(wp, features, x, list, n, 0, 0); wp += ws; list += 16; }
    if (k == 3) tile<N3, N3>(wp, features, x, list, n, 0, 0);
    else if (k == 2) tile<N2, N3>(wp, features, x, list, n, 0, 0);
    else if (k == 1) tile<N1, N3>(wp, features, x, list, n, 0, 0);
    x += <usize>K << 5; dy += <usize>N << 5;
  }
}

/**
 * dx[k] = (sum over n of w[k, n] dy[n]) act'(h[k]): w turned, dy, h, dx, activation, K, N, lists of active outputs and of
 * active inputs or 0, scratch [N][8 + K]
 */
export function denseBack(pc: usize): void {
  if (ptr(pc, 8) && (countOf(ptr(pc, 7)) < arg(pc, 6) || countOf(ptr(pc, 8)) < arg(pc, 5))) {
    backActive(pc);
    return;
  }
  const w = ptr(pc, 0), A = arg(pc, 4), K = arg(pc, 5), N = arg(pc, 6), ws = <usize>N << 4;
  let dy = ptr(pc, 1), h = ptr(pc, 2), x = ptr(pc, 3);
  for (let p = 0; p < panels; p++) {
    let wp = w, k = K;
    for (; k >= 4; k -= 4) { tile<N4, N2>(wp, dy, x, 0, N, A, h); wp += ws; h += 128; x += 128; }
    if (k == 3) tile<N3, N2>(wp, dy, x, 0, N, A, h);
    else if (k == 2) tile<N2, N2>(wp, dy, x, 0, N, A, h);
    else if (k == 1) tile<N1, N2>(wp, dy, x, 0, N, A, h);
    h += <usize>k << 5; x += <usize>k << 5;
    dy += <usize>N << 5;
  }
}
