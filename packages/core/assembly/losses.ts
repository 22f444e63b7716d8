import { MAGNITUDE, ma, ONE, ONE_I, SIGN, the, TWO, zero } from './math/constants';
import { exp, expOfNegative } from './math/exponential';
import { log, log1p, logFrom1 } from './math/logarithm';
import { sigmoid } from './math/sigmoids';
import { arg, block, ofBlock, panels, ptr, splat } from './place';
import { addLosses, beginTally, tallyLosses, tallyRight } from './tally';

// Losses of logits [panel][class][8], which they replace by their gradient. Arguments: z, labels, bytes they move on with
// every block, classes, scale: 1 / the number of losses that the mean is of, scratch [panels][8]. Rows with a label
// below 0 are none: their loss and gradient are 0. The naive ones do in float32 what TF.js derives from their formulas, with
// infinities and NaN where those have them.

/** Which of 4 rows have their largest logit where the label says, as -1: the first of equals. */
// @ts-ignore: decorator
@inline function hitsOf(z: usize, width: usize, label: v128): v128 {
  let most = v128.load(z), best = i32x4.splat(0), c = best;
  for (let q = z + 32, stop = z + width; q < stop; q += 32) {
    c = i32x4.add(c, the(ONE_I));
    const v = v128.load(q), more = f32x4.gt(v, most);
    most = f32x4.pmax(v, most);
    best = v128.bitselect(c, best, more);
  }
  return i32x4.eq(best, label);
}
// @ts-ignore: decorator
@inline function largestOf(z: usize, width: usize): v128 {
  let most = v128.load(z);
  for (let q = z + 32, stop = z + width; q < stop; q += 32) most = f32x4.pmax(v128.load(q), most);
  return most;
}
// @ts-ignore: decorator
@inline function sumOf(z: usize, width: usize): v128 {
  let sum = v128.load(z);
  for (let q = z + 32, stop = z + width; q < stop; q += 32) sum = f32x4.add(sum, v128.load(q));
  return sum;
}

/** Three passes, so that in each the rows do not wait for one another. */
export function softmaxCrossEntropy(pc: usize): void {
  const C = arg(pc, 3), scale = splat(pc, 4), width = <usize>C << 5;
  const from = ptr(pc, 0), end = from + <usize>panels * width;
  if (block == 0) beginTally();
  let hits = i32x4.splat(0), losses = f64x2.splat(0), labels = ofBlock(pc, 1), own = ptr(pc, 5);
  for (let z = from; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), stop = z + width;
      let most = v128.load(z), best = i32x4.splat(0), c = best;
      for (let q = z + 32; q < stop; q += 32) {
        c = i32x4.add(c, the(ONE_I));
        const v = v128.load(q), more = f32x4.gt(v, most);
        most = f32x4.pmax(v, most);
        best = v128.bitselect(c, best, more);
      }
      hits = i32x4.sub(hits, i32x4.eq(best, label));
      let mine = zero();
      c = i32x4.splat(0);
      for (let q = z; q < stop; q += 32) {
        const v = f32x4.sub(v128.load(q), most);
        mine = v128.or(mine, v128.and(v, i32x4.eq(label, c)));
        c = i32x4.add(c, the(ONE_I));
        v128.store(q, v);
      }
      v128.store(own, mine);
      labels += 16; own += 16; z += 16;
    }
  }
  for (let z = from; z < end; z += 32) {
    const a = expOfNegative(v128.load(z)), b = expOfNegative(v128.load(z, 16));
    v128.store(z, a); v128.store(z, b, 16);
  }
  labels = ofBlock(pc, 1); own = ptr(pc, 5);
  for (let z = from; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), sum = sumOf(z, width), none = i32x4.lt_s(label, zero());
      const factor = v128.andnot(f32x4.div(scale, sum), none), minus = v128.andnot(scale, none);
      let c = i32x4.splat(0);
      for (let q = z, stop = z + width; q < stop; q += 32) {
        v128.store(q, f32x4.sub(f32x4.mul(v128.load(q), factor), v128.and(minus, i32x4.eq(label, c))));
        c = i32x4.add(c, the(ONE_I));
      }
      losses = addLosses(losses, v128.andnot(f32x4.sub(logFrom1(sum), v128.load(own)), none));
      labels += 16; own += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}

/** Softmax in place, and the sums of its exponentials: as the formula has it, or with the largest logit taken off first. */
// @ts-ignore: decorator
@inline function exponentials(z: usize, width: usize, stable: bool): v128 {
  const most = stable ? largestOf(z, width) : zero();
  for (let q = z, stop = z + width; q < stop; q += 32) v128.store(q, exp(f32x4.sub(v128.load(q), most)));
  return sumOf(z, width);
}

/** -log(softmax(z)_label): p = e / s, g = -t scale / p; de = g / s, ds = -sum(g e) / s^2, dz = (de + ds) e */
export function naiveSoftmaxCrossEntropy(pc: usize): void {
  const scale = splat(pc, 4), width = <usize>arg(pc, 3) << 5, minus = f32x4.neg(scale);
  let labels = ofBlock(pc, 1), hits = i32x4.splat(0), losses = f64x2.splat(0);
  if (block == 0) beginTally();
  for (let z = ptr(pc, 0), end = z + <usize>panels * width; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), none = i32x4.lt_s(label, zero()), stop = z + width;
      hits = i32x4.sub(hits, hitsOf(z, width, label));
      const s = exponentials(z, width, false);
      let c = i32x4.splat(0), loss = zero(), sum = zero();
      for (let q = z; q < stop; q += 32) {
        const mine = i32x4.eq(label, c), e = v128.load(q), p = f32x4.div(e, s);
        loss = f32x4.sub(loss, f32x4.mul(v128.and(the(ONE), mine), log(p)));
        sum = ma(sum, f32x4.div(v128.and(minus, mine), p), e);
        c = i32x4.add(c, the(ONE_I));
      }
      const ds = f32x4.neg(f32x4.div(sum, f32x4.mul(s, s)));
      c = i32x4.splat(0);
      for (let q = z; q < stop; q += 32) {
        const e = v128.load(q), g = f32x4.div(v128.and(minus, i32x4.eq(label, c)), f32x4.div(e, s));
        v128.store(q, v128.andnot(f32x4.mul(f32x4.add(f32x4.div(g, s), ds), e), none));
        c = i32x4.add(c, the(ONE_I));
      }
      losses = addLosses(losses, v128.andnot(loss, none));
      labels += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}

/** The mean of (softmax(z) - t)^2; last argument 1: with the largest logit taken off first, 0: naive. */
export function softmaxSquaredError(pc: usize): void {
  const twice = f32x4.mul(splat(pc, 4), the(TWO)), width = <usize>arg(pc, 3) << 5, stable = arg(pc, 6) == 1;
  let labels = ofBlock(pc, 1), hits = i32x4.splat(0), losses = f64x2.splat(0);
  if (block == 0) beginTally();
  for (let z = ptr(pc, 0), end = z + <usize>panels * width; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), none = i32x4.lt_s(label, zero()), stop = z + width;
      hits = i32x4.sub(hits, hitsOf(z, width, label));
      const s = exponentials(z, width, stable);
      let c = i32x4.splat(0), sum = zero();
      for (let q = z; q < stop; q += 32) {
        const e = v128.load(q), off = f32x4.sub(f32x4.div(e, s), v128.and(the(ONE), i32x4.eq(label, c)));
        losses = addLosses(losses, v128.andnot(f32x4.mul(off, off), none));
        const dp = f32x4.mul(off, twice);
        sum = ma(sum, dp, stable ? f32x4.div(e, s) : e);
        c = i32x4.add(c, the(ONE_I));
      }
      const ds = f32x4.neg(f32x4.div(sum, f32x4.mul(s, s)));
      c = i32x4.splat(0);
      for (let q = z; q < stop; q += 32) {
        const e = v128.load(q), p = f32x4.div(e, s);
        const dp = f32x4.mul(f32x4.sub(p, v128.and(the(ONE), i32x4.eq(label, c))), twice);
        const dz = stable ? f32x4.mul(p, f32x4.sub(dp, sum)) : f32x4.mul(f32x4.add(f32x4.div(dp, s), ds), e);
        v128.store(q, v128.andnot(dz, none));
        c = i32x4.add(c, the(ONE_I));
      }
      labels += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}

// @ts-ignore: decorator
@inline function stableBce(z: v128, t: v128): v128 {
  return f32x4.add(f32x4.sub(f32x4.max(z, zero()), f32x4.mul(z, t)), log1p(expOfNegative(v128.or(z, the(SIGN)))));
}

/** A yes or no for each class. */
export function sigmoidCrossEntropy(pc: usize): void {
  const scale = splat(pc, 4), width = <usize>arg(pc, 3) << 5;
  let labels = ofBlock(pc, 1), hits = i32x4.splat(0), losses = f64x2.splat(0);
  if (block == 0) beginTally();
  for (let z = ptr(pc, 0), end = z + <usize>panels * width; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), none = i32x4.lt_s(label, zero());
      hits = i32x4.sub(hits, hitsOf(z, width, label));
      let c = i32x4.splat(0);
      for (let q = z, stop = z + width; q < stop; q += 32) {
        const v = v128.load(q), t = v128.and(the(ONE), i32x4.eq(label, c));
        losses = addLosses(losses, v128.andnot(stableBce(v, t), none));
        v128.store(q, v128.andnot(f32x4.mul(f32x4.sub(sigmoid(v), t), scale), none));
        c = i32x4.add(c, the(ONE_I));
      }
      labels += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}

/** -t log s - (1 - t) log(1 - s), s = sigmoid z; ds = -t scale / s + (1 - t) scale / (1 - s), dz = ds s (1 - s) */
export function naiveSigmoidCrossEntropy(pc: usize): void {
  const scale = splat(pc, 4), width = <usize>arg(pc, 3) << 5;
  let labels = ofBlock(pc, 1), hits = i32x4.splat(0), losses = f64x2.splat(0);
  if (block == 0) beginTally();
  for (let z = ptr(pc, 0), end = z + <usize>panels * width; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), none = i32x4.lt_s(label, zero());
      hits = i32x4.sub(hits, hitsOf(z, width, label));
      let c = i32x4.splat(0);
      for (let q = z, stop = z + width; q < stop; q += 32) {
        const s = sigmoid(v128.load(q)), rest = f32x4.sub(the(ONE), s);
        const t = v128.and(the(ONE), i32x4.eq(label, c)), other = f32x4.sub(the(ONE), t);
        const loss = f32x4.add(f32x4.mul(t, log(s)), f32x4.mul(other, log(rest)));
        losses = addLosses(losses, v128.andnot(f32x4.neg(loss), none));
        const ds = f32x4.sub(f32x4.div(f32x4.mul(other, scale), rest), f32x4.div(f32x4.mul(t, scale), s));
        v128.store(q, v128.andnot(f32x4.mul(ds, f32x4.mul(s, rest)), none));
        c = i32x4.add(c, the(ONE_I));
      }
      labels += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}

/** (z - t)^2 */
export function squaredError(pc: usize): void {
  const twice = f32x4.mul(splat(pc, 4), the(TWO)), width = <usize>arg(pc, 3) << 5;
  let labels = ofBlock(pc, 1), hits = i32x4.splat(0), losses = f64x2.splat(0);
  if (block == 0) beginTally();
  for (let z = ptr(pc, 0), end = z + <usize>panels * width; z < end; z += width - 32) {
    for (let half = 0; half < 2; half++) {
      const label = v128.load(labels), none = i32x4.lt_s(label, zero());
      hits = i32x4.sub(hits, hitsOf(z, width, label));
      let c = i32x4.splat(0);
      for (let q = z, stop = z + width; q < stop; q += 32) {
        const off = f32x4.sub(v128.load(q), v128.and(the(ONE), i32x4.eq(label, c)));
        losses = addLosses(losses, v128.andnot(f32x4.mul(off, off), none));
        v128.store(q, v128.andnot(f32x4.mul(off, twice), none));
        c = i32x4.add(c, the(ONE_I));
      }
      labels += 16; z += 16;
    }
  }
  tallyLosses(losses); tallyRight(hits);
}
