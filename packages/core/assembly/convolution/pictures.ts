import { N1, N2, N3, N4 } from '../numbers';
import { arg, ofStep, panels, ptr } from '../place';
import { sloped } from '../slopes';

/** data [H, W, C] and rows, each with the bytes they move on with every step; x, C, H, W, count, row, channel and panel of x */
export function gatherPictures(pc: usize): void {
  const data = ofStep(pc, 0), rows = ofStep(pc, 2), x = ptr(pc, 4), C = arg(pc, 5), H = arg(pc, 6), W = arg(pc, 7);
  const count = arg(pc, 8), xRow = ptr(pc, 9), xChannel = ptr(pc, 10), xPanel = ptr(pc, 11);
  const size = <usize>(H * W * C) << 2, all = (count + 7) & ~7;
  for (let r = 0; r < all; r++) {
    // Pictures beyond the last are zeros.
    const real = r < count;
    const from = data + (real ? <usize>load<i32>(rows + (<usize>r << 2)) : 0) * size;
    const to = x + <usize>(r >> 3) * xPanel + (<usize>(r & 7) << 2);
    for (let c = 0; c < C; c++) {
      let q = from + (<usize>c << 2);
      for (let i = 0; i < H; i++) {
        let t = to + <usize>c * xChannel + <usize>i * xRow;
        for (let j = 0; j < W; j++) { store<f32>(t, real ? load<f32>(q) : 0); q += <usize>C << 2; t += 32; }
      }
    }
  }
}

/** Zeros left and right of every row, where an activation made something of them: the first zero, channels x rows of a panel, bytes of a row, of a panel, columns, padding */
export function clearMargins(pc: usize): void {
  const rows = arg(pc, 1), row = ptr(pc, 2), width = <usize>arg(pc, 4) << 5, margin = <usize>arg(pc, 5) << 5;
  for (let p = 0; p < panels; p++) {
    let x = ptr(pc, 0) + <usize>p * ptr(pc, 3);
    for (let i = 0; i < rows; i++) {
      memory.fill(x, 0, margin); memory.fill(x + margin + width, 0, margin);
      x += row;
    }
  }
}

// @ts-ignore: decorator
@inline function slopesWith<TA>(pc: usize): void {
  const x = ptr(pc, 0), h = ptr(pc, 1), C = arg(pc, 3), H = arg(pc, 4), width = <usize>arg(pc, 5) << 5;
  for (let p = 0; p < panels; p++) for (let c = 0; c < C; c++) for (let i = 0; i < H; i++) {
    const row = <usize>p * ptr(pc, 8) + <usize>c * ptr(pc, 7) + <usize>i * ptr(pc, 6);
    for (let o = row; o < row + width; o += 16) sloped<TA>(x, o, v128.load(x + o), h);
  }
}
/** dx times the slope at h, both of one layout: dx, h, slope, C, H, W, row, channel, panel */
export function slopes(pc: usize): void {
  const A = arg(pc, 2);
  if (A == 1) slopesWith<N1>(pc);
  else if (A == 2) slopesWith<N2>(pc);
  else if (A == 3) slopesWith<N3>(pc);
  else if (A == 4) slopesWith<N4>(pc);
}
