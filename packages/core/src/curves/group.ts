import { meanInterval } from '../statistics/student.ts';
import type { Curve } from './curve.ts';
import { positionOf, type Range } from './downsample.ts';

/** What the runs of a group have in common at each step where at least one of them has a value. */
export interface GroupCurve {
  readonly steps: Float64Array;
  /** How many runs have a finite value there. */
  readonly n: Uint32Array;
  /** The mean of those; NaN where there is none. */
  readonly mean: Float64Array;
  /** Student's 95% interval of the mean; NaN where fewer than two runs have a finite value. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How many runs have NaN or an infinity there. They are counted and not averaged. */
  readonly nonFinite: Uint32Array;
  /** Which runs are averaged there: the same number at two steps exactly where they are the same runs. */
  readonly set: Uint32Array;
  /** How many runs reach there: they have a point at or before the step, and one at or after it. */
  readonly reach: Uint32Array;
}

/**
 * Gathers the curves of a group's runs one after the other, so that they need not be in memory together. Nothing but
 * these runs goes into it: what other groups hold or hide changes no bit of it.
 */
export class GroupSum {
  #steps: Float64Array = new Float64Array(0);
  #n = new Uint32Array(0);
  #mean = new Float64Array(0);
  // The sum of squared differences from the mean (Welford 1962): the spread of large values keeps its digits.
  #squares = new Float64Array(0);
  #nonFinite = new Uint32Array(0);
  // The marks of the runs that are averaged, one upon the other: the same runs have the same, in whatever order.
  #set = new Uint32Array(0);
  readonly #ends: Range[] = [];

  /**
   * Adds the curve of one run.
   * @param ends its first and last step, where the curve is a part of it
   */
  add({ steps, values }: Curve, ends?: Range): void {
    if (steps.length > 0) this.#ends.push(ends ?? [steps[0] as number, steps[steps.length - 1] as number]);
    const mark = markOf(this.#ends.length);
    if (sameSteps(steps, this.#steps)) {
      for (let i = 0; i < values.length; i++) this.#addAt(i, values[i] as number, mark);
      return;
    }
    if (!isWithin(steps, this.#steps)) this.#widen(union(this.#steps, steps));
    let at = 0;
    for (let i = 0; i < steps.length; i++) {
      while ((this.#steps[at] as number) < (steps[i] as number)) at += 1;
      this.#addAt(at, values[i] as number, mark);
    }
  }

  #addAt(at: number, value: number, mark: number): void {
    if (!Number.isFinite(value)) {
      this.#nonFinite[at] = (this.#nonFinite[at] as number) + 1;
      return;
    }
    const n = (this.#n[at] as number) + 1;
    const before = this.#mean[at] as number;
    const mean = before + (value - before) / n;
    this.#n[at] = n;
    this.#set[at] = (this.#set[at] as number) ^ mark;
    this.#mean[at] = mean;
    this.#squares[at] = (this.#squares[at] as number) + (value - before) * (value - mean);
  }

  #widen(steps: Float64Array): void {
    const column = () => new Uint32Array(steps.length);
    const [n, nonFinite, set] = [column(), column(), column()];
    const [mean, squares] = [new Float64Array(steps.length), new Float64Array(steps.length)];
    let at = 0;
    for (let i = 0; i < this.#steps.length; i++) {
      while ((steps[at] as number) < (this.#steps[i] as number)) at += 1;
      n[at] = this.#n[i] as number;
      nonFinite[at] = this.#nonFinite[i] as number;
      set[at] = this.#set[i] as number;
      mean[at] = this.#mean[i] as number;
      squares[at] = this.#squares[i] as number;
    }
    this.#steps = steps;
    this.#n = n;
    this.#nonFinite = nonFinite;
    this.#set = set;
    this.#mean = mean;
    this.#squares = squares;
  }

  /** The group's curve over what was added so far. */
  curve(): GroupCurve {
    const count = this.#steps.length;
    const mean = new Float64Array(count);
    const low = new Float64Array(count).fill(Number.NaN);
    const high = new Float64Array(count).fill(Number.NaN);
    const halves = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const n = this.#n[i] as number;
      mean[i] = n === 0 ? Number.NaN : (this.#mean[i] as number);
      if (n < 2) continue;
      const half = halfOf(n, halves) * Math.sqrt((this.#squares[i] as number) / (n - 1));
      low[i] = (mean[i] as number) - half;
      high[i] = (mean[i] as number) + half;
    }
    return {
      steps: this.#steps,
      n: this.#n.slice(),
      mean,
      low,
      high,
      nonFinite: this.#nonFinite.slice(),
      set: numbered(this.#set),
      reach: this.#reach(),
    };
  }

  #reach(): Uint32Array {
    const changes = new Int32Array(this.#steps.length + 1);
    for (const [first, last] of this.#ends) {
      const from = positionOf(this.#steps, first);
      let past = positionOf(this.#steps, last);
      if (this.#steps[past] === last) past += 1;
      changes[from] = (changes[from] as number) + 1;
      changes[past] = (changes[past] as number) - 1;
    }
    let reaching = 0;
    return Uint32Array.from(this.#steps, (_, i) => {
      reaching += changes[i] as number;
      return reaching;
    });
  }
}

/** The mark of the run that came as number `at`: 32 bits without a pattern (the finalizer of MurmurHash3). */
function markOf(at: number): number {
  let mark = Math.imul(at ^ (at >>> 16), 0x85eb_ca6b);
  mark = Math.imul(mark ^ (mark >>> 13), 0xc2b2_ae35);
  return mark ^ (mark >>> 16);
}

/** 0 for what comes first, 1 for the next that is different, and so on. */
function numbered(marks: Uint32Array): Uint32Array {
  const known = new Map<number, number>();
  return marks.map((mark) => {
    const number = known.get(mark) ?? known.size;
    known.set(mark, number);
    return number;
  });
}

/** Half of the interval of n values whose standard deviation is 1. Finding Student's t takes long: once for each n. */
function halfOf(n: number, known: Map<number, number>): number {
  const found = known.get(n);
  if (found !== undefined) return found;
  const half = meanInterval(0, 1, n)?.[1] ?? Number.NaN;
  known.set(n, half);
  return half;
}

/** The curve of a group, from the curves of its runs. */
export function groupCurve(curves: Iterable<Curve>): GroupCurve {
  const sum = new GroupSum();
  for (const curve of curves) sum.add(curve);
  return sum.curve();
}

function sameSteps(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether every one of the steps is among the others; both ascend. */
function isWithin(steps: Float64Array, others: Float64Array): boolean {
  let at = 0;
  for (let i = 0; i < steps.length; i++) {
    while (at < others.length && (others[at] as number) < (steps[i] as number)) at += 1;
    if (others[at] !== steps[i]) return false;
  }
  return true;
}

function union(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const x = i < a.length ? (a[i] as number) : Number.POSITIVE_INFINITY;
    const y = j < b.length ? (b[j] as number) : Number.POSITIVE_INFINITY;
    merged[count++] = Math.min(x, y);
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return merged.slice(0, count);
}
