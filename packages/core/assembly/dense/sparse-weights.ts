import { ma, zero } from '../math/constants';
import { N1, N2, N3, N4, N8 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { put } from '../sums';
import { countOf, featureOf } from './active';
import { addBiases, byRows } from './wide-weights';

/** An input's gradient over W vectors of outputs: its values that are not 0, [offset of their row of d, value], from `list` to `end` */
// @ts-ignore: decorator
@inline function along<TW>(list: usize, end: usize, d: usize, g: usize, ws: usize, first: bool): void {
  const W: i32 = offsetof<TW>();
  let c0 = zero(), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
  for (; list < end; list += 8) {
    const a = v128.load_splat<f32>(list, 4), q = d + load<usize>(list);
    c0 = ma(c0, a, v128.load(q));
    if (W > 1) {
      c1 = ma(c1, a, v128.load(q, 16)); c2 = ma(c2, a, v128.load(q, 32)); c3 = ma(c3, a, v128.load(q, 48));
      c4 = ma(c4, a, v128.load(q, 64)); c5 = ma(c5, a, v128.load(q, 80)); c6 = ma(c6, a, v128.load(q, 96)); c7 = ma(c7, a, v128.load(q, 112));
    }
  }
  put<N4>(g, c0, first);
  if (W > 1) {
    put<N4>(g + ws, c1, first); put<N4>(g + 2 * ws, c2, first); put<N4>(g + 3 * ws, c3, first);
    put<N4>(g + 4 * ws, c4, first); put<N4>(g + 5 * ws, c5, first); put<N4>(g + 6 * ws, c6, first); put<N4>(g + 7 * ws, c7, first);
  }
}

/** the same, of the 1 to 3 outputs that are left */
// @ts-ignore: decorator
@inline function rest(list: usize, end: usize, d: usize, g: usize, n: i32, first: bool): void {
  let c = zero();
  for (; list < end; list += 8) c = ma(c, v128.load_splat<f32>(list, 4), v128.load(d + load<usize>(list)));
  if (n == 3) put<N3>(g, c, first);
  else if (n == 2) put<N2>(g, c, first);
  else put<N1>(g, c, first);
}

/**
 * As denseWeightWide, of inputs most of which are 0, as the pixels of digits: products with zeros are left out one by one.
 * x, stride, dy, gw, gb, K, N, list of active inputs, scratch [rows][N + 3] and [rows][2]
 */
export function denseWeightSparse(pc: usize): void {
  const dy = ptr(pc, 2), gb = ptr(pc, 4), K = arg(pc, 5), N = arg(pc, 6), inputs = ptr(pc, 7), d = ptr(pc, 8);
  const row = <usize>((N + 3) & ~3) << 2, ws = <usize>K << 4, next = <usize>K << 5, first = block == 0;
  const list = d + row * (<usize>panels << 3);
  if (first) { memory.fill(ptr(pc, 3), 0, <usize>(K * N) << 2); memory.fill(gb, 0, <usize>N << 2); }
  for (let j = 0; j < N; j += 4) addBiases(gb, 0, j, N, byRows(dy, <usize>N << 5, 0, j, N, d + (<usize>j << 2), row));
  for (let i = 0, count = countOf(inputs); i < count; i++) {
    const k = featureOf(inputs, i);
    let x = ofBlock(pc, 0) + (k << 5), end = list, at: usize = 0;
    for (let p = panels; p; --p) {
      for (let q = x; q < x + 32; q += 4) {
        const v = <u64>load<u32>(q);
        // One that is 0 is written over.
        store<u64>(end, v << 32 | <u64>at);
        end += <usize>(v != 0) << 3; at += row;
      }
      x += next;
    }
    let n = N, from = d, g = ptr(pc, 3) + (k << 4);
    for (; n >= 32; n -= 32) { along<N8>(list, end, from, g, ws, first); from += 128; g += ws << 3; }
    for (; n >= 4; n -= 4) { along<N1>(list, end, from, g, ws, first); from += 16; g += ws; }
    if (n) rest(list, end, from, g - (k << 4) + (k * n << 2), n, first);
  }
}
