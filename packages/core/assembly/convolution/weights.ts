import { ma, zero } from '../math/constants';
import { N1, N2, N3, N5 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { sums } from '../sums';

// The gradient over a filter bank and its biases, added up over the blocks in their order.

/** TWO filters (or one) x K taps of a row of the filter bank's gradient, over all places and pictures */
// @ts-ignore: decorator
@inline function taps<TF, TK>(x: usize, xRow: usize, xPanel: usize, dy: usize, dRow: usize, dChan: usize, dPanel: usize, rows: i32, columns: i32, g: usize, tap: usize, first: bool): void {
  const F: i32 = offsetof<TF>(), K: i32 = offsetof<TK>();
  let a0 = zero(), a1 = a0, a2 = a0, a3 = a0, a4 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0;
  for (let p = panels; p; --p) {
    let xr = x, dr = dy;
    for (let r = rows; r; --r) {
      let q = xr, d = dr;
      const end = dr + (<usize>columns << 5);
      do {
        {
          const d0 = v128.load(d, 0), d1 = F > 1 ? v128.load(d + dChan, 0) : d0;
          let v = v128.load(q, 0);
          a0 = ma(a0, v, d0); if (F > 1) b0 = ma(b0, v, d1);
          if (K > 1) { v = v128.load(q, 32); a1 = ma(a1, v, d0); if (F > 1) b1 = ma(b1, v, d1); }
          if (K > 2) { v = v128.load(q, 64); a2 = ma(a2, v, d0); if (F > 1) b2 = ma(b2, v, d1); }
          if (K > 3) { v = v128.load(q, 96); a3 = ma(a3, v, d0); if (F > 1) b3 = ma(b3, v, d1); }
          if (K > 4) { v = v128.load(q, 128); a4 = ma(a4, v, d0); if (F > 1) b4 = ma(b4, v, d1); }
        }
        {
          const d0 = v128.load(d, 16), d1 = F > 1 ? v128.load(d + dChan, 16) : d0;
          let v = v128.load(q, 16);
          a0 = ma(a0, v, d0); if (F > 1) b0 = ma(b0, v, d1);
          if (K > 1) { v = v128.load(q, 48); a1 = ma(a1, v, d0); if (F > 1) b1 = ma(b1, v, d1); }
          if (K > 2) { v = v128.load(q, 80); a2 = ma(a2, v, d0); if (F > 1) b2 = ma(b2, v, d1); }
          if (K > 3) { v = v128.load(q, 112); a3 = ma(a3, v, d0); if (F > 1) b3 = ma(b3, v, d1); }
          if (K > 4) { v = v128.load(q, 144); a4 = ma(a4, v, d0); if (F > 1) b4 = ma(b4, v, d1); }
        }
        d += 32; q += 32;
      } while (d < end);
      xr += xRow; dr += dRow;
    }
    x += xPanel; dy += dPanel;
  }
  const s = sums(a0, a1, a2, a3);
  add1(g, f32x4.extract_lane(s, 0), first);
  if (K > 1) add1(g + tap, f32x4.extract_lane(s, 1), first);
  if (K > 2) add1(g + 2 * tap, f32x4.extract_lane(s, 2), first);
  if (K > 3) add1(g + 3 * tap, f32x4.extract_lane(s, 3), first);
  if (K > 4) add1(g + 4 * tap, f32x4.extract_lane(sums(a4, a4, a4, a4), 0), first);
  if (F > 1) {
    const u = sums(b0, b1, b2, b3);
    add1(g + 4, f32x4.extract_lane(u, 0), first);
    if (K > 1) add1(g + 4 + tap, f32x4.extract_lane(u, 1), first);
    if (K > 2) add1(g + 4 + 2 * tap, f32x4.extract_lane(u, 2), first);
    if (K > 3) add1(g + 4 + 3 * tap, f32x4.extract_lane(u, 3), first);
    if (K > 4) add1(g + 4 + 4 * tap, f32x4.extract_lane(sums(b4, b4, b4, b4), 0), first);
  }
}
// @ts-ignore: decorator
@inline function add1(p: usize, v: f32, first: bool): void { store<f32>(p, first ? v : load<f32>(p) + v); }

// @ts-ignore: decorator
@inline function weightAll<TK>(pc: usize): void {
  const x = ofBlock(pc, 0), dy = ptr(pc, 2), g = ptr(pc, 3), gb = ptr(pc, 4), C = arg(pc, 5), H = arg(pc, 6), W = arg(pc, 7), F = arg(pc, 8), KH = arg(pc, 9), KW = arg(pc, 10), pad = arg(pc, 11);
  const xRow = ptr(pc, 12), xChan = ptr(pc, 13), xPanel = ptr(pc, 14), dRow = ptr(pc, 15), dChan = ptr(pc, 16), dPanel = ptr(pc, 17);
  const OH = H + 2 * pad - KH + 1, OW = W + 2 * pad - KW + 1, first = block == 0;
  for (let f = 0; f < F; f += 2) {
    const fw = min(4, F - (f & ~3)), tap = <usize>fw << 2, df = dy + <usize>f * dChan;
    for (let c = 0; c < C; c++) for (let k = 0; k < KH; k++) {
      const i0 = max(0, pad - k), i1 = min(OH, H + pad - k);
      const xp = x + <usize>c * xChan + <usize>(i0 + k - pad) * xRow - (<usize>pad << 5), dp = df + <usize>i0 * dRow;
      const gp = g + (<usize>((f & ~3) * C * KH * KW + (c * KH + k) * KW * fw + (f & 3)) << 2);
      if (f + 1 < F) taps<N2, TK>(xp, xRow, xPanel, dp, dRow, dChan, dPanel, i1 - i0, OW, gp, tap, first);
      else taps<N1, TK>(xp, xRow, xPanel, dp, dRow, dChan, dPanel, i1 - i0, OW, gp, tap, first);
    }
  }
  for (let f = 0; f < F; f++) {
    let s0 = zero(), s1 = s0, d = dy + <usize>f * dChan;
    for (let p = panels; p; --p) {
      let r = d;
      for (let i = OH; i; --i) { for (let q = r, end = r + (<usize>OW << 5); q < end; q += 32) { s0 = f32x4.add(s0, v128.load(q)); s1 = f32x4.add(s1, v128.load(q, 16)); } r += dRow; }
      d += dPanel;
    }
    add1(gb + (<usize>f << 2), f32x4.extract_lane(sums(f32x4.add(s0, s1), s0, s0, s0), 0), first);
  }
}
/** x, stride, dy, gw, gb, C, H, W, F, KH, KW (3 or 5), pad, xRow, xChan, xPanel, dRow, dChan, dPanel; x has zeros left and right */
export function convWeight(pc: usize): void { if (arg(pc, 10) == 5) weightAll<N5>(pc); else weightAll<N3>(pc); }
