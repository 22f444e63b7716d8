import { ONE, the, zero } from './math/constants';
import { N0, N1, N2, N3, N4 } from './numbers';
import { arg, panels, ptr } from './place';

// What the derivative of an activation makes of a gradient. 0: nothing, linear. Of the activation's output h, 1: ReLU,
// 2: tanh, 3: sigmoid. 4: h is the derivative itself, which the way forward has kept.

/** The gradient c, times the slope of `offsetof<TA>()` at h + o, to x + o. */
// @ts-ignore: decorator
@inline export function sloped<TA>(x: usize, o: usize, c: v128, h: usize): void {
  const A: i32 = offsetof<TA>();
  if (A == 0) v128.store(x + o, c);
  else {
    const v = v128.load(h + o);
    if (A == 1) v128.store(x + o, v128.and(c, f32x4.gt(v, zero())));
    else if (A == 2) v128.store(x + o, f32x4.mul(c, f32x4.sub(the(ONE), f32x4.mul(v, v))));
    else if (A == 3) v128.store(x + o, f32x4.mul(c, f32x4.mul(v, f32x4.sub(the(ONE), v))));
    else v128.store(x + o, f32x4.mul(c, v));
  }
}

// @ts-ignore: decorator
@inline function all<TA>(d: usize, h: usize, x: usize, bytes: usize): void {
  for (let o: usize = 0; o < bytes; o += 32) {
    sloped<TA>(x, o, v128.load(d + o), h);
    sloped<TA>(x, o + 16, v128.load(d + o, 16), h);
  }
}

/** x = d slope(h): d, h, x, slope, features of each panel */
export function slope(pc: usize): void {
  const d = ptr(pc, 0), h = ptr(pc, 1), x = ptr(pc, 2), A = arg(pc, 3), bytes = <usize>(panels * arg(pc, 4)) << 5;
  if (A == 1) all<N1>(d, h, x, bytes);
  else if (A == 2) all<N2>(d, h, x, bytes);
  else if (A == 3) all<N3>(d, h, x, bytes);
  else if (A == 4) all<N4>(d, h, x, bytes);
  else all<N0>(d, h, x, bytes);
}
