import { ma, zero } from '../math/constants';
import { N1, N2, N3, N4 } from '../numbers';
import { arg, block, ofBlock, panels, ptr } from '../place';
import { put, sums } from '../sums';

// The gradient over a filter bank and its biases, added up over the blocks in their order.

/** 1 to 3 filters x 2 or 3 taps of a row of the filter bank's gradient, over all places and pictures */
// @ts-ignore: decorator
@inline function taps<TF, TK>(x: usize, xRow: usize, xPanel: usize, dy: usize, dRow: usize, dChan: usize, dPanel: usize, rows: i32, columns: i32, g: usize, tap: usize, first: bool): void {
  const F: i32 = offsetof<TF>(), K: i32 = offsetof<TK>();
  let a0 = zero(), a1 = a0, a2 = a0, b0 = a0, b1 = a0, b2 = a0, c0 = a0, c1 = a0, c2 = a0;
  for (let p = panels; p; --p) {
    let xr = x, dr = dy;
    for (let r = rows; r; --r) {
      let q = xr, d = dr;
      const end = dr + (<usize>columns << 5);
      // Half of the pictures at a time: V8 loads all that a turn needs before it computes, and has 16 registers.
      do {
        const x0 = v128.load(q), x1 = v128.load(q, 32), x2 = K > 2 ? v128.load(q, 64) : x0;
        let v = v128.load(d), e = d;
        a0 = ma(a0, x0, v); a1 = ma(a1, x1, v); if (K > 2) a2 = ma(a2, x2, v);
        if (F > 1) { e += dChan; v = v128.load(e); b0 = ma(b0, x0, v); b1 = ma(b1, x1, v); if (K > 2) b2 = ma(b2, x2, v); }
        if (F > 2) { e += dChan; v = v128.load(e); c0 = ma(c0, x0, v); c1 = ma(c1, x1, v); if (K > 2) c2 = ma(c2, x2, v); }
        d += 16; q += 16;
      } while (d < end);
      xr += xRow; dr += dRow;
    }
    x += xPanel; dy += dPanel;
  }
  put<TF>(g, sums(a0, b0, c0, c0), first);
  put<TF>(g + tap, sums(a1, b1, c1, c1), first);
  if (K > 2) put<TF>(g + 2 * tap, sums(a2, b2, c2, c2), first);
}

/** as `taps`, of up to 4 filters: two at a time where there are four */
// @ts-ignore: decorator
@inline function row<TF, TK>(x: usize, xRow: usize, xPanel: usize, dy: usize, dRow: usize, dChan: usize, dPanel: usize, rows: i32, columns: i32, g: usize, tap: usize, first: bool): void {
  if (offsetof<TF>() == 4) {
    taps<N2, TK>(x, xRow, xPanel, dy, dRow, dChan, dPanel, rows, columns, g, tap, first);
    taps<N2, TK>(x, xRow, xPanel, dy + (dChan << 1), dRow, dChan, dPanel, rows, columns, g + 8, tap, first);
  } else taps<TF, TK>(x, xRow, xPanel, dy, dRow, dChan, dPanel, rows, columns, g, tap, first);
}

// @ts-ignore: decorator
@inline function add1(p: usize, v: f32, first: bool): void { store<f32>(p, first ? v : load<f32>(p) + v); }

/** F filters of a panel of the bank, beginning with its first */
// @ts-ignore: decorator
@inline function filters<TF>(pc: usize, dy: usize, g: usize): void {
  const x = ofBlock(pc, 0), C = arg(pc, 5), H = arg(pc, 6), W = arg(pc, 7), KH = arg(pc, 9), KW = arg(pc, 10), pad = arg(pc, 11);
  const xRow = ptr(pc, 12), xChan = ptr(pc, 13), xPanel = ptr(pc, 14), dRow = ptr(pc, 15), dChan = ptr(pc, 16), dPanel = ptr(pc, 17);
  const OH = H + 2 * pad - KH + 1, OW = W + 2 * pad - KW + 1, first = block == 0, tap = <usize>offsetof<TF>() << 2;
  for (let c = 0; c < C; c++) for (let k = 0; k < KH; k++) {
    const i0 = max(0, pad - k), i1 = min(OH, H + pad - k), dp = dy + <usize>i0 * dRow;
    const xp = x + <usize>c * xChan + <usize>(i0 + k - pad) * xRow - (<usize>pad << 5);
    row<TF, N3>(xp, xRow, xPanel, dp, dRow, dChan, dPanel, i1 - i0, OW, g, tap, first);
    g += 3 * tap;
    if (KW == 5) {
      row<TF, N2>(xp + 96, xRow, xPanel, dp, dRow, dChan, dPanel, i1 - i0, OW, g, tap, first);
      g += 2 * tap;
    }
  }
}

/** The sums of dy over all places and pictures. */
export function biases(dy: usize, gb: usize, F: i32, OH: i32, OW: i32, dRow: usize, dChan: usize, dPanel: usize): void {
  for (let f = 0; f < F; f++) {
    let s0 = zero(), s1 = s0, d = dy + <usize>f * dChan;
    for (let p = panels; p; --p) {
      let r = d;
      for (let i = OH; i; --i) {
        for (let q = r, end = r + (<usize>OW << 5); q < end; q += 32) { s0 = f32x4.add(s0, v128.load(q)); s1 = f32x4.add(s1, v128.load(q, 16)); }
        r += dRow;
      }
      d += dPanel;
    }
    add1(gb + (<usize>f << 2), f32x4.extract_lane(sums(f32x4.add(s0, s1), s0, s0, s0), 0), block == 0);
  }
}

/** x, stride, dy, gw, gb, C, H, W, F, KH, KW (3 or 5), pad, xRow, xChan, xPanel, dRow, dChan, dPanel; x has zeros left and right */
export function convWeight(pc: usize): void {
  const C = arg(pc, 5), F = arg(pc, 8), KH = arg(pc, 9), KW = arg(pc, 10), pad = arg(pc, 11);
  const dRow = ptr(pc, 15), dChan = ptr(pc, 16), dPanel = ptr(pc, 17), gb = ptr(pc, 4);
  const OH = arg(pc, 6) + 2 * pad - KH + 1, OW = arg(pc, 7) + 2 * pad - KW + 1, bank = <usize>(C * KH * KW) << 4;
  let dy = ptr(pc, 2), g = ptr(pc, 3), f = F;
  for (; f >= 4; f -= 4) { filters<N4>(pc, dy, g); dy += dChan << 2; g += bank; }
  if (f == 3) filters<N3>(pc, dy, g);
  else if (f == 2) filters<N2>(pc, dy, g);
  else if (f == 1) filters<N1>(pc, dy, g);
  biases(ptr(pc, 2), gb, F, OH, OW, dRow, dChan, dPanel);
}
