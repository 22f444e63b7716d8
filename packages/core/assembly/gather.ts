import { zero } from './math/constants';
import { arg, ofStep, ptr } from './place';

// Rows beyond the last are none: their label is -1, and what stands there is finite.

/** labels, rows, bytes they move on with every step, answers, count */
export function gatherLabels(pc: usize): void {
  const labels = ptr(pc, 0), rows = ofStep(pc, 1), answers = ptr(pc, 3), count = arg(pc, 4);
  for (let r = 0; r < count; r++) {
    const row = <usize>load<i32>(rows + (<usize>r << 2));
    store<i32>(answers + (<usize>r << 2), load<i32>(labels + (row << 2)));
  }
  for (let r = count; r & 7; r++) store<i32>(answers + (<usize>r << 2), -1);
}

/** Four rows at once. data and rows, each with the bytes they move on with every step; x [panel][K][8], K, count */
export function gatherRows(pc: usize): void {
  const data = ofStep(pc, 0), K = arg(pc, 5), count = arg(pc, 6), row = <usize>K << 2;
  let rows = ofStep(pc, 2), x = ptr(pc, 4);
  for (let r = 0; r < count; r += 4) {
    const i0 = <usize>load<i32>(rows);
    const i1 = r + 1 < count ? <usize>load<i32>(rows, 4) : i0;
    const i2 = r + 2 < count ? <usize>load<i32>(rows, 8) : i0;
    const i3 = r + 3 < count ? <usize>load<i32>(rows, 12) : i0;
    let p0 = data + i0 * row, p1 = data + i1 * row, p2 = data + i2 * row, p3 = data + i3 * row, to = x, k = K;
    for (; k >= 4; k -= 4) {
      const a = v128.load(p0), b = v128.load(p1), c = v128.load(p2), d = v128.load(p3);
      const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5), ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5), cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7), 96);
      p0 += 16; p1 += 16; p2 += 16; p3 += 16; to += 128;
    }
    for (; k > 0; k--) {
      store<f32>(to, load<f32>(p0)); store<f32>(to, load<f32>(p1), 4);
      store<f32>(to, load<f32>(p2), 8); store<f32>(to, load<f32>(p3), 12);
      p0 += 4; p1 += 4; p2 += 4; p3 += 4; to += 32;
    }
    rows += 16;
    // the second half of a panel, or the next panel
    x += (r & 4) ? (<usize>K << 5) - 16 : 16;
  }
  // a panel of which only the first half has rows
  if (((count - 1) & 4) == 0) for (let k = 0; k < K; k++) v128.store(x + (<usize>k << 5), zero());
}
