import { zero } from './math/constants';
import { arg, block, ofBlock, ofStep, panels, ptr } from './place';

// What the probes of the layers measure in a step (core's train/probes/layers.ts). Sums are float64.

/** The L2 norm of a part of the gradient: out, stride, g, count */
export function gradientNorm(pc: usize): void {
  let g = ptr(pc, 2), sum = f64x2.splat(0);
  for (const end = g + (<usize>arg(pc, 3) << 2); g < end; g += 16) {
    const v = v128.load(g), a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
  }
  store<f32>(ofStep(pc, 0), <f32>sqrt<f64>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}

/**
 * What an activation function gives: y, sums (2 float64: of the values, of their squares), most ([channels][8]), labels,
 * bytes they move on with every block, channels, height, width, bytes from row to row, from channel to channel, from panel to panel
 */
export function watch(pc: usize): void {
  const y = ptr(pc, 0), at = ptr(pc, 1), channels = arg(pc, 5), height = arg(pc, 6), width = <usize>arg(pc, 7) << 5;
  const row = ptr(pc, 8), channel = ptr(pc, 9), panel = ptr(pc, 10), least = f32x4.splat(-f32.MAX_VALUE);
  let sum = f64x2.splat(0), squares = f64x2.splat(0), most = ptr(pc, 2);
  if (block == 0) { store<f64>(at, 0); store<f64>(at, 0, 8); }
  for (let c: usize = 0; c < <usize>channels; c++) {
    for (let half: usize = 0; half < 32; half += 16) {
      let m = block == 0 ? least : v128.load(most + half), labels = ofBlock(pc, 3);
      for (let p = 0; p < panels; p++) {
        const none = i32x4.lt_s(v128.load(labels + half), zero());
        let r = y + <usize>p * panel + c * channel + half;
        for (let i = 0; i < height; i++) {
          for (let q = r, end = r + width; q < end; q += 32) {
            const found = v128.load(q), v = v128.andnot(found, none), a = f64x2.promote_low_f32x4(v);
            const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
            m = f32x4.max(m, v128.bitselect(least, found, none));
            sum = f64x2.add(sum, f64x2.add(a, b));
            squares = f64x2.add(squares, f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b)));
          }
          r += row;
        }
        labels += 32;
      }
      v128.store(most + half, m);
    }
    most += 32;
  }
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
  store<f64>(at, load<f64>(at, 8) + (f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)), 8);
}

/** Mean, standard deviation and the share of channels that are above 0 nowhere: out, stride, sums, most, channels, count */
export function watched(pc: usize): void {
  const out = ofStep(pc, 0), at = ptr(pc, 2), channels = arg(pc, 4), count = <f64>arg(pc, 5);
  const mean = load<f64>(at) / count, variance = load<f64>(at, 8) / count - mean * mean;
  let dead = 0;
  for (let c = 0; c < channels; c++) {
    const most = ptr(pc, 3) + (<usize>c << 5), m = f32x4.max(v128.load(most), v128.load(most, 16));
    if (v128.any_true(f32x4.gt(m, zero())) || v128.any_true(f32x4.ne(m, m))) continue;
    dead++;
  }
  store<f32>(out, <f32>mean);
  store<f32>(out, <f32>sqrt<f64>(max<f64>(0, variance)), 4);
  store<f32>(out, <f32>(<f64>dead / <f64>channels), 8);
}
