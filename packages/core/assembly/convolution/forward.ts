import { ma, zero } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, ofBlock, panels, ptr } from '../place';

// Pictures: [panel][channel][row][column][8 pictures]; rows may have zeros left and right. A filter bank [KH, KW, C, F]
// stands as [F / 4][C][KH][KW][4], the last panel as narrow as what is left. Columns and rows outside of the picture are
// left out, not multiplied by zero.

/** H filters at one place of 8 pictures */
// @ts-ignore: decorator
@inline function at<TH, TRELU>(w: usize, x: usize, y: usize, yChan: usize, b: usize, C: i32, wChan: usize, xChan: usize, rows: i32, wRow: usize, xRow: usize, columns: usize): void {
  const H: i32 = offsetof<TH>(), RELU: i32 = offsetof<TRELU>();
  let c00 = v128.load_splat<f32>(b), c01 = c00;
  let c10 = zero(), c11 = c10, c20 = c10, c21 = c10, c30 = c10, c31 = c10;
  if (H > 1) { c10 = v128.load_splat<f32>(b, 4); c11 = c10; }
  if (H > 2) { c20 = v128.load_splat<f32>(b, 8); c21 = c20; }
  if (H > 3) { c30 = v128.load_splat<f32>(b, 12); c31 = c30; }
  for (let c = C; c; --c) {
    let wr = w, xr = x;
    for (let r = rows; r; --r) {
      let q = xr, v = wr;
      const end = xr + columns;
      do {
        const x0 = v128.load(q), x1 = v128.load(q, 16);
        let a = v128.load_splat<f32>(v);
        c00 = ma(c00, a, x0); c01 = ma(c01, a, x1);
        if (H > 1) { a = v128.load_splat<f32>(v, 4); c10 = ma(c10, a, x0); c11 = ma(c11, a, x1); }
        if (H > 2) { a = v128.load_splat<f32>(v, 8); c20 = ma(c20, a, x0); c21 = ma(c21, a, x1); }
        if (H > 3) { a = v128.load_splat<f32>(v, 12); c30 = ma(c30, a, x0); c31 = ma(c31, a, x1); }
        v += H << 2; q += 32;
      } while (q < end);
      wr += wRow; xr += xRow;
    }
    w += wChan; x += xChan;
  }
  if (RELU) {
    const z = zero();
    c00 = f32x4.pmax(c00, z); c01 = f32x4.pmax(c01, z);
    if (H > 1) { c10 = f32x4.pmax(c10, z); c11 = f32x4.pmax(c11, z); }
    if (H > 2) { c20 = f32x4.pmax(c20, z); c21 = f32x4.pmax(c21, z); }
    if (H > 3) { c30 = f32x4.pmax(c30, z); c31 = f32x4.pmax(c31, z); }
  }
  v128.store(y, c00); v128.store(y, c01, 16);
  if (H > 1) { y += yChan; v128.store(y, c10); v128.store(y, c11, 16); }
  if (H > 2) { y += yChan; v128.store(y, c20); v128.store(y, c21, 16); }
  if (H > 3) { y += yChan; v128.store(y, c30); v128.store(y, c31, 16); }
}

// @ts-ignore: decorator
@inline function filters<TH, TRELU>(x: usize, w: usize, y: usize, b: usize, C: i32, H: i32, W: i32, xRow: usize, xChan: usize, KH: i32, KW: i32, pad: i32, OH: i32, OW: i32, yRow: usize, yChan: usize): void {
  const wTap = <usize>offsetof<TH>() << 2, wRow = <usize>KW * wTap, wChan = <usize>KH * wRow;
  for (let i = 0; i < OH; i++) {
    const k0 = max(0, pad - i), k1 = min(KH, H + pad - i);
    const xi = x + <usize>(i - pad + k0) * xRow, wi = w + <usize>k0 * wRow;
    let q = y;
    for (let j = 0; j < OW; j++) {
      const m0 = max(0, pad - j), m1 = min(KW, W + pad - j);
      at<TH, TRELU>(wi + <usize>m0 * wTap, xi + (<usize>(j - pad + m0) << 5), q, yChan, b, C, wChan, xChan, k1 - k0, wRow, xRow, <usize>(m1 - m0) << 5);
      q += 32;
    }
    y += yRow;
  }
}

// @ts-ignore: decorator
@inline function convAll<TRELU>(pc: usize): void {
  let x = ofBlock(pc, 0), y = ptr(pc, 4);
  const w = ptr(pc, 2), b = ptr(pc, 3), C = arg(pc, 5), H = arg(pc, 6), W = arg(pc, 7), F = arg(pc, 8), KH = arg(pc, 9), KW = arg(pc, 10), pad = arg(pc, 11);
  const xRow = ptr(pc, 12), xChan = ptr(pc, 13), xPanel = ptr(pc, 14), yRow = ptr(pc, 15), yChan = ptr(pc, 16), yPanel = ptr(pc, 17);
  const OH = H + 2 * pad - KH + 1, OW = W + 2 * pad - KW + 1, bank = <usize>(C * KH * KW) << 4;
  for (let p = 0; p < panels; p++) {
    let f = F, wp = w, bp = b, yp = y;
    for (; f >= 4; f -= 4) {
      filters<N4, TRELU>(x, wp, yp, bp, C, H, W, xRow, xChan, KH, KW, pad, OH, OW, yRow, yChan);
      wp += bank; bp += 16; yp += yChan << 2;
    }
    if (f == 3) filters<N3, TRELU>(x, wp, yp, bp, C, H, W, xRow, xChan, KH, KW, pad, OH, OW, yRow, yChan);
    else if (f == 2) filters<N2, TRELU>(x, wp, yp, bp, C, H, W, xRow, xChan, KH, KW, pad, OH, OW, yRow, yChan);
    else if (f == 1) filters<N1, TRELU>(x, wp, yp, bp, C, H, W, xRow, xChan, KH, KW, pad, OH, OW, yRow, yChan);
    x += xPanel; y += yPanel;
  }
}
/** x, stride, w, b, y, C, H, W, F, KH, KW, pad, xRow, xChan, xPanel, yRow, yChan, yPanel */
export function conv(pc: usize): void { convAll<N0>(pc); }
export function convRelu(pc: usize): void { convAll<N1>(pc); }

/** the filters turned round, inputs and outputs exchanged: for the gradient over the input. w, to, C, KH, KW, F */
export function flip(pc: usize): void {
  const w = ptr(pc, 0), to = ptr(pc, 1), C = arg(pc, 2), taps = arg(pc, 3) * arg(pc, 4), F = arg(pc, 5);
  for (let f = 0; f < F; f++) for (let c = 0; c < C; c++) {
    const fw = min(4, F - (f & ~3)), cw = min(4, C - (c & ~3));
    let from = w + (<usize>((f & ~3) * C * taps + (c * taps) * fw + (f & 3)) << 2);
    let q = to + (<usize>((c & ~3) * F * taps + (f * taps + taps - 1) * cw + (c & 3)) << 2);
    for (let k = 0; k < taps; k++) { store<f32>(q, load<f32>(from)); from += fw << 2; q -= cw << 2; }
  }
}
