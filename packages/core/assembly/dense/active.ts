import { ma, zero } from '../math/constants';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { sums } from '../sums';

// Behind a ReLU many units are 0 for all rows of a block, and so are many pixels of a set of pictures. A list names the
// features that are not, in their order: [count, feature, feature, ...]; where those left out would be less than one in
// eight, it has them all. Kernels that are given lists leave out the products with zeros.

// @ts-ignore: decorator
@inline export function countOf(list: usize): i32 { return load<i32>(list); }
// @ts-ignore: decorator
@inline export function featureOf(list: usize, i: i32): usize { return <usize>load<i32>(list + (<usize>i << 2), 4); }

/** x, stride, features, list */
export function findActive(pc: usize): void {
  const K = arg(pc, 2), list = ptr(pc, 3), next = <usize>K << 5;
  let x = ofBlock(pc, 0), count = 0;
  for (let k = 0; k < K; k++) {
    let q = x, p = panels;
    while (p && !v128.any_true(v128.or(v128.load(q), v128.load(q, 16)))) { q += next; --p; }
    store<i32>(list + (<usize>count << 2), k, 4);
    if (p) count++;
    x += 32;
  }
  if (count * 8 > K * 7) all(list, K);
  else store<i32>(list, count);
}

function all(list: usize, count: i32): void {
  store<i32>(list, count);
  for (let k = 0; k < count; k++) store<i32>(list + (<usize>k << 2), k, 4);
}
/** All features: list, their count */
export function allActive(pc: usize): void { all(ptr(pc, 0), arg(pc, 1)); }

/** The rows of a kernel [N / 4][K][4] that belong to active inputs. */
export function activeKernel(w: usize, to: usize, K: i32, N: i32, list: usize): void {
  const count = countOf(list);
  for (let n = N; n > 0; n -= 4) {
    if (n >= 4) {
      for (let i = 0; i < count; i++) { v128.store(to, v128.load(w + (featureOf(list, i) << 4))); to += 16; }
    } else {
      for (let i = 0; i < count; i++) for (let j = 0; j < n; j++) {
        store<f32>(to, load<f32>(w + ((featureOf(list, i) * n + j) << 2))); to += 4;
      }
    }
    w += <usize>K << 4;
  }
}

/** The active features of a panel, side by side. */
export function activeFeatures(x: usize, to: usize, list: usize): void {
  for (let q = list + 4, end = q + (<usize>countOf(list) << 2); q < end; q += 4) {
    const from = x + (<usize>load<i32>(q) << 5);
    v128.store(to, v128.load(from)); v128.store(to, v128.load(from, 16), 16);
    to += 32;
  }
}

/** The elements of a turned kernel [K / 4][N][4] between active inputs and active outputs, in panels of 4 active inputs. */
export function activeTurned(w: usize, to: usize, K: i32, N: i32, inputs: usize, outputs: usize): void {
  const count = countOf(inputs), last = outputs + 4 + (<usize>countOf(outputs) << 2);
  for (let i = 0; i < count; i += 4) {
    const high = min(4, count - i), row = <usize>high << 2;
    for (let j = 0; j < high; j++) {
      const k = featureOf(inputs, i + j), first = k & ~3, width = <usize>min(4, K - <i32>first) << 2;
      const from = w + ((first * N + (k & 3)) << 2);
      let q = to + (<usize>j << 2);
      for (let n = outputs + 4; n < last; n += 4) { store<f32>(q, load<f32>(from + <usize>load<i32>(n) * width)); q += row; }
    }
    to += <usize>countOf(outputs) * row;
  }
}
