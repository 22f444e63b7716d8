import { ONE_I, the } from '../math/constants';
import { N0, N1, N2, N3, N4 } from '../numbers';
import { arg, panels, ptr } from '../place';
import { sloped } from '../slopes';

const QUARTER: usize = memory.data<f32>([0.25]);

// Strides in bytes, in this order: row, channel and panel of x, then of y.

/** Means of 2 x 2: x, y, channels, height and width of y, six strides */
export function average(pc: usize): void {
  const x = ptr(pc, 0), y = ptr(pc, 1), C = arg(pc, 2), OH = arg(pc, 3), OW = arg(pc, 4), xRow = ptr(pc, 5), yRow = ptr(pc, 8);
  for (let p = 0; p < panels; p++) for (let c = 0; c < C; c++) {
    let xc = x + <usize>p * ptr(pc, 7) + <usize>c * ptr(pc, 6), yc = y + <usize>p * ptr(pc, 10) + <usize>c * ptr(pc, 9);
    for (let i = 0; i < OH; i++) {
      let a = xc, b = xc + xRow;
      for (let q = yc, end = yc + (<usize>OW << 5); q < end; q += 32) {
        const s0 = f32x4.add(f32x4.add(v128.load(a), v128.load(a, 32)), f32x4.add(v128.load(b), v128.load(b, 32)));
        const s1 = f32x4.add(f32x4.add(v128.load(a, 16), v128.load(a, 48)), f32x4.add(v128.load(b, 16), v128.load(b, 48)));
        v128.store(q, f32x4.mul(s0, the(QUARTER))); v128.store(q, f32x4.mul(s1, the(QUARTER)), 16);
        a += 64; b += 64;
      }
      xc += xRow << 1; yc += yRow;
    }
  }
}

// @ts-ignore: decorator
@inline function averageBackWith<TA>(pc: usize): void {
  const x = ptr(pc, 0), y = ptr(pc, 1), C = arg(pc, 2), OH = arg(pc, 3), OW = arg(pc, 4), xRow = ptr(pc, 5), yRow = ptr(pc, 8);
  const H = arg(pc, 11), W = arg(pc, 12), h = ptr(pc, 14);
  for (let p = 0; p < panels; p++) for (let c = 0; c < C; c++) {
    const at = <usize>p * ptr(pc, 7) + <usize>c * ptr(pc, 6);
    let xc = x + at, hc = h + at, yc = y + <usize>p * ptr(pc, 10) + <usize>c * ptr(pc, 9);
    for (let i = 0; i < OH; i++) {
      let o: usize = 0;
      for (let q = yc, end = yc + (<usize>OW << 5); q < end; q += 32) {
        const g0 = f32x4.mul(v128.load(q), the(QUARTER)), g1 = f32x4.mul(v128.load(q, 16), the(QUARTER)), below = o + xRow;
        sloped<TA>(xc, o, g0, hc); sloped<TA>(xc, o + 16, g1, hc);
        sloped<TA>(xc, o + 32, g0, hc); sloped<TA>(xc, o + 48, g1, hc);
        sloped<TA>(xc, below, g0, hc); sloped<TA>(xc, below + 16, g1, hc);
        sloped<TA>(xc, below + 32, g0, hc); sloped<TA>(xc, below + 48, g1, hc);
        o += 64;
      }
      // A last column or row that no window has.
      if (W & 1) { memory.fill(xc + o, 0, 32); memory.fill(xc + xRow + o, 0, 32); }
      xc += xRow << 1; hc += xRow << 1; yc += yRow;
    }
    if (H & 1) memory.fill(xc, 0, <usize>W << 5);
  }
}
/** dx = dy / 4 slope(h): dx, dy, as above, height and width of x, slope, h; dx may be h */
export function averageBack(pc: usize): void {
  const A = arg(pc, 13);
  if (A == 1) averageBackWith<N1>(pc);
  else if (A == 2) averageBackWith<N2>(pc);
  else if (A == 3) averageBackWith<N3>(pc);
  else if (A == 4) averageBackWith<N4>(pc);
  else averageBackWith<N0>(pc);
}

/** Maxima of 3 x 3 with stride 2, and which place each came from: as `average`, and behind it `which` */
export function maximum(pc: usize): void {
  const x = ptr(pc, 0), y = ptr(pc, 1), C = arg(pc, 2), OH = arg(pc, 3), OW = arg(pc, 4), xRow = ptr(pc, 5), yRow = ptr(pc, 8);
  let which = ptr(pc, 11);
  for (let p = 0; p < panels; p++) for (let c = 0; c < C; c++) {
    let xc = x + <usize>p * ptr(pc, 7) + <usize>c * ptr(pc, 6), yc = y + <usize>p * ptr(pc, 10) + <usize>c * ptr(pc, 9);
    for (let i = 0; i < OH; i++) {
      let a = xc;
      for (let q = yc, end = yc + (<usize>OW << 5); q < end; q += 16) {
        const one = the(ONE_I);
        let most = v128.load(a), place = i32x4.splat(0), k = place;
        for (let r = a, stop = a + 3 * xRow; r < stop; r += xRow) {
          let v = v128.load(r), more = f32x4.gt(v, most); // the first place never beats itself
          most = f32x4.pmax(most, v); place = v128.bitselect(k, place, more); k = i32x4.add(k, one);
          v = v128.load(r, 32); more = f32x4.gt(v, most);
          most = f32x4.pmax(most, v); place = v128.bitselect(k, place, more); k = i32x4.add(k, one);
          v = v128.load(r, 64); more = f32x4.gt(v, most);
          most = f32x4.pmax(most, v); place = v128.bitselect(k, place, more); k = i32x4.add(k, one);
        }
        v128.store(q, most); v128.store(which, place);
        which += 16;
        a += q & 16 ? 48 : 16;
      }
      xc += xRow << 1; yc += yRow;
    }
  }
}

// @ts-ignore: decorator
@inline function maximumBackWith<TA>(pc: usize): void {
  const A: i32 = offsetof<TA>();
  const x = ptr(pc, 0), dy = ptr(pc, 1), C = arg(pc, 2), OH = arg(pc, 3), OW = arg(pc, 4), xRow = ptr(pc, 5), yRow = ptr(pc, 8);
  const H = arg(pc, 11), width = <usize>arg(pc, 12) << 5, h = ptr(pc, 14);
  let which = ptr(pc, 15);
  for (let p = 0; p < panels; p++) for (let c = 0; c < C; c++) {
    const at = <usize>p * ptr(pc, 7) + <usize>c * ptr(pc, 6);
    let xc = x + at, yc = dy + <usize>p * ptr(pc, 10) + <usize>c * ptr(pc, 9);
    for (let i = 0; i < H; i++) memory.fill(xc + <usize>i * xRow, 0, width);
    for (let i = 0; i < OH; i++) {
      let a = xc;
      for (let q = yc, end = yc + (<usize>OW << 5); q < end; q += 16) {
        const g = v128.load(q), place = v128.load(which), one = the(ONE_I);
        let k = i32x4.splat(0);
        which += 16;
        for (let r = a, stop = a + 3 * xRow; r < stop; r += xRow) {
          v128.store(r, f32x4.add(v128.load(r), v128.and(g, i32x4.eq(place, k)))); k = i32x4.add(k, one);
          v128.store(r, f32x4.add(v128.load(r, 32), v128.and(g, i32x4.eq(place, k))), 32); k = i32x4.add(k, one);
          v128.store(r, f32x4.add(v128.load(r, 64), v128.and(g, i32x4.eq(place, k))), 64); k = i32x4.add(k, one);
        }
        a += q & 16 ? 48 : 16;
      }
      xc += xRow << 1; yc += yRow;
    }
    if (A) {
      for (let i = 0; i < H; i++) {
        const row = at + <usize>i * xRow;
        for (let o = row; o < row + width; o += 16) sloped<TA>(x, o, v128.load(x + o), h);
      }
    }
  }
}
/** dx = dy slope(h) at the maxima, 0 elsewhere: dx, dy, as `averageBack`, and behind it `which`; dx is not h */
export function maximumBack(pc: usize): void {
  const A = arg(pc, 13);
  if (A == 1) maximumBackWith<N1>(pc);
  else if (A == 2) maximumBackWith<N2>(pc);
  else if (A == 3) maximumBackWith<N3>(pc);
  else if (A == 4) maximumBackWith<N4>(pc);
  else maximumBackWith<N0>(pc);
}
