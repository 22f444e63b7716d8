// Where in a training a kernel is, and how it reads its arguments: the words that follow its number in the program.

/** Panels of the block that is being worked on, the block's number, whether it is the last, and the number of the step in this call. */
export let panels: i32 = 0;
export let block: i32 = 0;
export let last: bool = false;
export let step: i32 = 0;
export function enterBlock(number: i32, count: i32, isLast: bool): void { block = number; panels = count; last = isLast; }
export function enterStep(number: i32): void { step = number; }

// @ts-ignore: decorator
@inline export function arg(pc: usize, i: i32): i32 { return load<i32>(pc + ((<usize>i + 1) << 2)); }
// @ts-ignore: decorator
@inline export function ptr(pc: usize, i: i32): usize { return load<usize>(pc + ((<usize>i + 1) << 2)); }
/** A float argument, four times. */
// @ts-ignore: decorator
@inline export function splat(pc: usize, i: i32): v128 { return v128.load_splat<f32>(pc + ((<usize>i + 1) << 2)); }
/** A pointer, and after it the bytes by which it moves on with every block. */
// @ts-ignore: decorator
@inline export function ofBlock(pc: usize, i: i32): usize { return ptr(pc, i) + <usize>block * ptr(pc, i + 1); }
/** A pointer, and after it the bytes by which it moves on with every step. */
// @ts-ignore: decorator
@inline export function ofStep(pc: usize, i: i32): usize { return ptr(pc, i) + <usize>step * ptr(pc, i + 1); }
