import { HALF, the, zero } from '../math/constants';
import { N0, N4 } from '../numbers';
import { weightPanel } from '../dense/weights';
import { tile } from '../dense/tile';
import { arg, block, last, ofBlock, panels, ptr } from '../place';
import { biases } from './weights';

// 3 x 3 convolutions with padding 1 by Winograd's F(2 x 2, 3 x 3) (Lavin and Gray, 2016): 16 products for 2 x 2 places, not 36.
// A picture is cut into tiles of 4 x 4 that overlap by two; each tile and each filter is turned into 16 numbers, in which a
// convolution is 16 products of matrices. Channels and filters are multiples of 4. Pictures have a column of zeros on either side.

/** G g G^T of every filter: bank [F / 4][C][3][3][4], to [F / 4][16][C][4], C, F */
export function winogradFilters(pc: usize): void {
  const C = arg(pc, 2), F = arg(pc, 3), step = <usize>C << 4, half = the(HALF);
  let g = ptr(pc, 0);
  for (let f = 0; f < F; f += 4) for (let c = 0; c < C; c++) {
    const u = ptr(pc, 1) + <usize>f * step * 4 + (<usize>c << 4);
    // Columns first, into the place of the result; then rows.
    for (let j: usize = 0; j < 3; j++) {
      const a = v128.load(g + (j << 4)), b = v128.load(g + (j << 4), 48), d = v128.load(g + (j << 4), 96), s = f32x4.add(a, d);
      const q = u + j * step;
      v128.store(q, a);
      v128.store(q + 4 * step, f32x4.mul(f32x4.add(s, b), half));
      v128.store(q + 8 * step, f32x4.mul(f32x4.sub(s, b), half));
      v128.store(q + 12 * step, d);
    }
    for (let i: usize = 0; i < 4; i++) {
      const q = u + 4 * i * step, a = v128.load(q), b = v128.load(q + step), d = v128.load(q + 2 * step), s = f32x4.add(a, d);
      v128.store(q + step, f32x4.mul(f32x4.add(s, b), half));
      v128.store(q + 2 * step, f32x4.mul(f32x4.sub(s, b), half));
      v128.store(q + 3 * step, d);
    }
    g += 144;
  }
}

/** 16 vectors on their way. */
const T: usize = memory.data(16 * 16, 16);
/** The products of a tile, [16][4 filters][8]. */
const M: usize = memory.data(16 * 128, 16);

// @ts-ignore: decorator
@inline function inputRow(t0: v128, t1: v128, t2: v128, t3: v128, to: usize, position: usize): void {
  v128.store(to, f32x4.sub(t0, t2)); to += position;
  v128.store(to, f32x4.add(t1, t2)); to += position;
  v128.store(to, f32x4.sub(t2, t1)); to += position;
  v128.store(to, f32x4.sub(t1, t3));
}

/** B^T d B of the tiles of one row of tiles, one channel; r0 to r3: the rows of the picture. To [16][tile][channel][8] */
// @ts-ignore: decorator
@inline function inputTiles(r0: usize, r1: usize, r2: usize, r3: usize, to: usize, count: i32, next: usize, position: usize): void {
  const row = position << 2;
  for (let t = count << 1; t; --t) {
    // Half of the pictures at a time.
    inputRow(
      f32x4.sub(v128.load(r0), v128.load(r2)), f32x4.sub(v128.load(r0, 32), v128.load(r2, 32)),
      f32x4.sub(v128.load(r0, 64), v128.load(r2, 64)), f32x4.sub(v128.load(r0, 96), v128.load(r2, 96)), to, position);
    const b0 = v128.load(r1), b1 = v128.load(r1, 32), b2 = v128.load(r1, 64), b3 = v128.load(r1, 96);
    const c0 = v128.load(r2), c1 = v128.load(r2, 32), c2 = v128.load(r2, 64), c3 = v128.load(r2, 96);
    inputRow(f32x4.add(b0, c0), f32x4.add(b1, c1), f32x4.add(b2, c2), f32x4.add(b3, c3), to + row, position);
    inputRow(f32x4.sub(c0, b0), f32x4.sub(c1, b1), f32x4.sub(c2, b2), f32x4.sub(c3, b3), to + 2 * row, position);
    inputRow(
      f32x4.sub(b0, v128.load(r3)), f32x4.sub(b1, v128.load(r3, 32)),
      f32x4.sub(b2, v128.load(r3, 64)), f32x4.sub(b3, v128.load(r3, 96)), to + 3 * row, position);
    const step: usize = t & 1 ? 48 : 16;
    r0 += step; r1 += step; r2 += step; r3 += step; to += t & 1 ? next - 16 : 16;
  }
}

/** A^T m A of a filter's half of 8 pictures, and the bias: 2 x 2 places, as far as the picture goes */
// @ts-ignore: decorator
@inline function outputTile(m: usize, bias: v128, low: v128, y: usize, yRow: usize, beside: bool, below: bool): void {
  let a = v128.load(m), b = v128.load(m, 512), c = v128.load(m, 1024), d = v128.load(m, 1536);
  const s0 = f32x4.add(f32x4.add(a, b), c), d0 = f32x4.sub(f32x4.sub(b, c), d);
  a = v128.load(m, 128); b = v128.load(m, 640); c = v128.load(m, 1152); d = v128.load(m, 1664);
  const s1 = f32x4.add(f32x4.add(a, b), c), d1 = f32x4.sub(f32x4.sub(b, c), d);
  a = v128.load(m, 256); b = v128.load(m, 768); c = v128.load(m, 1280); d = v128.load(m, 1792);
  const s2 = f32x4.add(f32x4.add(a, b), c), d2 = f32x4.sub(f32x4.sub(b, c), d);
  a = v128.load(m, 384); b = v128.load(m, 896); c = v128.load(m, 1408); d = v128.load(m, 1920);
  const s3 = f32x4.add(f32x4.add(a, b), c), d3 = f32x4.sub(f32x4.sub(b, c), d);
  v128.store(y, f32x4.pmax(f32x4.add(f32x4.add(f32x4.add(s0, s1), s2), bias), low));
  if (beside) v128.store(y, f32x4.pmax(f32x4.add(f32x4.sub(f32x4.sub(s1, s2), s3), bias), low), 32);
  if (below) {
    v128.store(y + yRow, f32x4.pmax(f32x4.add(f32x4.add(f32x4.add(d0, d1), d2), bias), low));
    if (beside) v128.store(y + yRow, f32x4.pmax(f32x4.add(f32x4.sub(f32x4.sub(d1, d2), d3), bias), low), 32);
  }
}

const LOWEST: usize = memory.data<f32>([-Infinity]);

/** x, stride, filters, b, y, C, H, W, F, tiles [panel][16][tile][C][8], zeros: a row and two columns, relu, xRow, xChan, xPanel, yRow, yChan, yPanel */
export function winograd(pc: usize): void {
  const b = ptr(pc, 3), C = arg(pc, 5), H = arg(pc, 6), W = arg(pc, 7), F = arg(pc, 8), zeros = ptr(pc, 10);
  const xRow = ptr(pc, 12), xChan = ptr(pc, 13), xPanel = ptr(pc, 14), yRow = ptr(pc, 15), yChan = ptr(pc, 16), yPanel = ptr(pc, 17);
  const high = H + 1 >> 1, wide = W + 1 >> 1, next = <usize>C << 5, position = <usize>(high * wide) * next, uNext = <usize>C << 4;
  const low = arg(pc, 11) ? zero() : the(LOWEST);
  let x = ofBlock(pc, 0), y = ptr(pc, 4), V = ptr(pc, 9);
  for (let p = 0; p < panels; p++) {
    for (let i = 0; i < high; i++) {
      const below = 2 * i + 1 < H, row = V + <usize>(i * wide) * next;
      for (let c = 0; c < C; c++) {
        const r = x + <usize>c * xChan + <usize>(2 * i - 1) * xRow - 32;
        inputTiles(i > 0 ? r : zeros, r + xRow, below ? r + 2 * xRow : zeros, 2 * i + 2 < H ? r + 3 * xRow : zeros, row + (<usize>c << 5), wide, next, position);
      }
      for (let t = 0; t < wide; t++) {
        const beside = 2 * t + 1 < W;
        let u = ptr(pc, 2);
        for (let f = 0; f < F; f += 4) {
          let v = row + <usize>t * next;
          for (let m = M; m < M + 2048; m += 128) { tile<N4, N0>(u, v, m, zeros, C, 0, 0); u += uNext; v += position; }
          let to = y + <usize>f * yChan + <usize>(2 * i) * yRow + (<usize>t << 6);
          for (let k: usize = 0; k < 4; k++) {
            const bias = v128.load_splat<f32>(b + (<usize>f << 2) + (k << 2));
            outputTile(M + (k << 5), bias, low, to, yRow, beside, below);
            outputTile(M + (k << 5) + 16, bias, low, to + 16, yRow, beside, below);
            to += yChan;
          }
        }
      }
    }
    x += xPanel; y += yPanel; V += position << 4;
  }
}

// @ts-ignore: decorator
@inline function gradientRow(u: v128, v: v128, to: usize, position: usize): void {
  v128.store(to, u); to += position;
  v128.store(to, f32x4.add(u, v)); to += position;
  v128.store(to, f32x4.sub(u, v)); to += position;
  v128.store(to, f32x4.neg(v));
}

/** A dy A^T of the tiles of one row of tiles, one filter; r0 and r1: the rows of dy. To [16][tile][filter][8] */
// @ts-ignore: decorator
@inline function gradientTiles(r0: usize, r1: usize, to: usize, count: i32, next: usize, position: usize): void {
  const row = position << 2;
  for (let t = count << 1; t; --t) {
    const a0 = v128.load(r0), a1 = v128.load(r0, 32), b0 = v128.load(r1), b1 = v128.load(r1, 32);
    gradientRow(a0, a1, to, position);
    gradientRow(f32x4.add(a0, b0), f32x4.add(a1, b1), to + row, position);
    gradientRow(f32x4.sub(a0, b0), f32x4.sub(a1, b1), to + 2 * row, position);
    gradientRow(f32x4.neg(b0), f32x4.neg(b1), to + 3 * row, position);
    const step: usize = t & 1 ? 48 : 16;
    r0 += step; r1 += step; to += t & 1 ? next - 16 : 16;
  }
}

/** G^T m G of every filter: m [16][F / 4][C][4], to [F / 4][C][3][3][4] */
function filterGradients(m: usize, to: usize, C: i32, F: i32): void {
  const position = <usize>(C * F) << 2, half = the(HALF);
  for (let i = C * F >> 2; i; --i) {
    for (let j: usize = 0; j < 4; j++) {
      const q = m + j * position, a = v128.load(q), b = f32x4.mul(v128.load(q + 4 * position), half), c = f32x4.mul(v128.load(q + 8 * position), half), d = v128.load(q + 12 * position);
      const s = f32x4.add(b, c), t = T + (j << 4);
      v128.store(t, f32x4.add(a, s)); v128.store(t, f32x4.sub(b, c), 64); v128.store(t, f32x4.add(s, d), 128);
    }
    for (let t = T; t < T + 192; t += 64) {
      const a = v128.load(t), b = f32x4.mul(v128.load(t, 16), half), c = f32x4.mul(v128.load(t, 32), half), d = v128.load(t, 48), s = f32x4.add(b, c);
      v128.store(to, f32x4.add(a, s)); v128.store(to, f32x4.sub(b, c), 16); v128.store(to, f32x4.add(s, d), 32);
      to += 48;
    }
    m += 16;
  }
}

/** tiles that `winograd` left, dy, gw, gb, C, H, W, F, scratch [16][tile][F][8], sums [16][F / 4][C][4], zeros, dRow, dChan, dPanel */
export function winogradWeight(pc: usize): void {
  const C = arg(pc, 4), H = arg(pc, 5), W = arg(pc, 6), F = arg(pc, 7), D = ptr(pc, 8), zeros = ptr(pc, 10);
  const dRow = ptr(pc, 11), dChan = ptr(pc, 12), dPanel = ptr(pc, 13), high = H + 1 >> 1, wide = W + 1 >> 1, tiles = high * wide;
  const xs = <usize>C << 5, ds = <usize>F << 5;
  let V = ptr(pc, 0), dy = ptr(pc, 1);
  for (let p = 0; p < panels; p++) {
    for (let i = 0; i < high; i++) for (let f = 0; f < F; f++) {
      const r = dy + <usize>f * dChan + <usize>(2 * i) * dRow;
      gradientTiles(r, 2 * i + 1 < H ? r + dRow : zeros, D + <usize>(i * wide) * ds + (<usize>f << 5), wide, ds, <usize>tiles * ds);
    }
    let g = ptr(pc, 9), d = D;
    for (let e = 0; e < 16; e++) {
      for (let f: usize = 0; f < <usize>F; f += 4) { weightPanel<N4>(V, xs, d + (f << 5), ds, g, C, tiles, block == 0 && p == 0); g += <usize>C << 4; }
      V += <usize>tiles * xs; d += <usize>tiles * ds;
    }
    dy += dPanel;
  }
  if (last) filterGradients(ptr(pc, 9), ptr(pc, 2), C, F);
  biases(ptr(pc, 1), ptr(pc, 3), F, H, W, dRow, dChan, dPanel);
}
