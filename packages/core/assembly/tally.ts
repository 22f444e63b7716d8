import { arg, ofStep } from './place';

// The loss and the right answers of a step, added up over its blocks.

let loss: f64 = 0;
let right: i32 = 0;

// @ts-ignore: decorator
@inline export function beginTally(): void { loss = 0; right = 0; }
// @ts-ignore: decorator
@inline export function tallyLosses(losses: v128): void {
  loss += f64x2.extract_lane(losses, 0) + f64x2.extract_lane(losses, 1);
}
// @ts-ignore: decorator
@inline export function tallyRight(hits: v128): void {
  right += i32x4.extract_lane(hits, 0) + i32x4.extract_lane(hits, 1);
  right += i32x4.extract_lane(hits, 2) + i32x4.extract_lane(hits, 3);
}
/** Four float32 losses added to two float64 sums. */
// @ts-ignore: decorator
@inline export function addLosses(sums: v128, losses: v128): v128 {
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(losses, losses, 2, 3, 2, 3));
  return f64x2.add(f64x2.add(sums, f64x2.promote_low_f32x4(losses)), high);
}

/** The mean loss, and the share of right answers, NaN where the loss is not finite: out, stride, rows, losses of a row */
export function measure(pc: usize): void {
  const out = ofStep(pc, 0), rows = <f64>arg(pc, 2), mean = <f32>(loss / (rows * <f64>arg(pc, 3)));
  store<f32>(out, mean);
  store<f32>(out, isFinite<f32>(mean) ? <f32>(<f64>right / rows) : f32.NaN, 4);
}
