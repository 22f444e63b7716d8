// Constants are loaded from memory: V8 makes a v128.const anew at every use, three instructions on the shuffle port.

// @ts-ignore: decorator
@inline export function the(constant: usize): v128 { return v128.load_splat<f32>(constant); }
/** c + a b, rounded twice: fused multiplications are not the same everywhere. */
// @ts-ignore: decorator
@inline export function ma(c: v128, a: v128, b: v128): v128 { return f32x4.add(c, f32x4.mul(a, b)); }
// @ts-ignore: decorator
@inline export function zero(): v128 { return f32x4.splat(0); }

export const ONE: usize = memory.data<f32>([1]);
export const TWO: usize = memory.data<f32>([2]);
export const MINUS_TWO: usize = memory.data<f32>([-2]);
export const HALF: usize = memory.data<f32>([0.5]);
export const INFINITY: usize = memory.data<u32>([0x7f800000]);
/** All bits but the sign; the sign alone. f32x4.abs and neg would make these masks anew every time. */
export const MAGNITUDE: usize = memory.data<u32>([0x7fffffff]);
export const SIGN: usize = memory.data<u32>([0x80000000]);
/** The whole number 1. */
export const ONE_I: usize = memory.data<u32>([1]);
