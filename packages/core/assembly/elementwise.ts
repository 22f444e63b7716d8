import { arg, block, ofBlock, ofStep, panels, ptr } from './place';

/** y = a + b: a, b, bytes b moves on with every block, y, features of each panel */
export function add(pc: usize): void {
  const a = ptr(pc, 0), b = ofBlock(pc, 1), y = ptr(pc, 3), bytes = <usize>(panels * arg(pc, 4)) << 5;
  for (let o: usize = 0; o < bytes; o += 16) v128.store(y + o, f32x4.add(v128.load(a + o), v128.load(b + o)));
}

/** y = a mask, the mask [rows][units] of this step: a, mask, bytes it moves on with every step, y, units, rows of a block */
export function drop(pc: usize): void {
  const units = arg(pc, 4), row = <usize>units << 2;
  let a = ptr(pc, 0), y = ptr(pc, 3), from = ofStep(pc, 1) + <usize>(block * arg(pc, 5)) * row;
  for (let p = 0; p < panels; p++) {
    for (let half: usize = 0; half < 32; half += 16) {
      let m = from, o = half;
      for (let u = 0; u < units; u++) {
        let v = v128.load32_zero(m);
        v = v128.load_lane<f32>(m + row, v, 1);
        v = v128.load_lane<f32>(m + 2 * row, v, 2);
        v = v128.load_lane<f32>(m + 3 * row, v, 3);
        v128.store(y + o, f32x4.mul(v128.load(a + o), v));
        o += 32; m += 4;
      }
      from += row << 2;
    }
    a += <usize>units << 5; y += <usize>units << 5;
  }
}
