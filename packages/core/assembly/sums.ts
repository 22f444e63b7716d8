import { zero } from './math/constants';

// Horizontal sums have one order.

/** [sum of a, sum of b, sum of c, sum of d]: lanes (0 + 2) + (1 + 3) */
// @ts-ignore: decorator
@inline export function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** the first W floats of v to p, added to what is there unless it is the first block */
// @ts-ignore: decorator
@inline export function put<TW>(p: usize, v: v128, first: bool): void {
  const W: i32 = offsetof<TW>();
  if (W == 4) {
    if (!first) v = f32x4.add(v, v128.load(p));
    v128.store(p, v);
  } else {
    let o = zero();
    if (!first) {
      o = v128.load32_zero(p);
      if (W > 1) o = v128.load_lane<f32>(p + 4, o, 1);
      if (W > 2) o = v128.load_lane<f32>(p + 8, o, 2);
    }
    v = f32x4.add(v, o);
    v128.store_lane<f32>(p, v, 0);
    if (W > 1) v128.store_lane<f32>(p + 4, v, 1);
    if (W > 2) v128.store_lane<f32>(p + 8, v, 2);
  }
}
