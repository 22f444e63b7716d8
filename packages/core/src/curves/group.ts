import { meanInterval } from '../statistics/student.ts';
import type { Curve } from './curve.ts';
import { positionOf, type Range } from './downsample.ts';

/** What the runs of a group have in common at each step where at least one of them has a value. */
export interface GroupCurve {
  readonly steps: Float64Array;
  /** How many runs have a finite value there. */
  readonly n: Uint32Array;
  /** How many seeds these runs have. */
  readonly seeds: Uint32Array;
  /** The mean over the seeds, each with the mean of its runs; NaN where there is none. */
  readonly mean: Float64Array;
  /** Student's 95% interval of that mean; NaN where fewer than two seeds have a finite value. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How many runs have NaN or an infinity there. They are counted and not averaged. */
  readonly nonFinite: Uint32Array;
  /** Which runs are averaged there: the same number at two steps exactly where they are the same runs. */
  readonly set: Uint32Array;
  /** How many runs reach there: they have a point at or before the step, and one at or after it. */
  readonly reach: Uint32Array;
}

/** What is known of a run whose curve goes into a group. */
export interface GroupMember {
  /** Runs of one seed share their data and first weights: they are averaged first. A run without is one of its own. */
  readonly seed?: unknown;
  /** Its first and last step, where the curve is a part of it. */
  readonly ends?: Range | undefined;
}

/**
 * Gathers the curves of a group's runs one after the other, so that they need not be in memory together. Nothing but
 * these runs goes into it: what other groups hold or hide changes no bit of it.
 */
export class GroupSum {
  readonly #runs = new Counts();
  readonly #seeds = new Moments();
  readonly #ends: Range[] = [];
  readonly #known = new Set<unknown>();
  /** The runs so far of the seed that came last: of one run, its curve. */
  #current: { readonly seed: unknown; curve: Curve | Moments } | null = null;
  readonly #shared: number;

  /** @param shared what seeds that split one file have in common (statistics/splits.ts) */
  constructor(shared = 0) {
    this.#shared = shared;
  }

  /** Adds the curve of one run; those of one seed come one after the other. */
  add(curve: Curve, { seed, ends }: GroupMember = {}): void {
    const { steps } = curve;
    if (steps.length > 0) this.#ends.push(ends ?? [steps[0] as number, steps[steps.length - 1] as number]);
    this.#runs.mark = markOf(this.#ends.length);
    this.#runs.add(curve);
    if (seed !== undefined && this.#current?.seed === seed) {
      this.#current.curve = withMore(this.#current.curve, curve);
      return;
    }
    if (seed !== undefined && this.#known.has(seed)) throw new Error(`runs of seed ${seed} do not come together`);
    this.#known.add(seed);
    this.#endSeed();
    this.#current = { seed, curve };
  }

  #endSeed(): void {
    if (!this.#current) return;
    const { curve } = this.#current;
    this.#seeds.add(curve instanceof Moments ? curve.mean() : curve);
    this.#current = null;
  }

  /** The group's curve, when all of its runs were added. */
  curve(): GroupCurve {
    this.#endSeed();
    return { ...this.#seeds.interval(this.#shared), ...this.#runs.counts(), reach: this.#reach() };
  }

  #reach(): Uint32Array {
    const { steps } = this.#runs;
    const changes = new Int32Array(steps.length + 1);
    for (const [first, last] of this.#ends) {
      const from = positionOf(steps, first);
      let past = positionOf(steps, last);
      if (steps[past] === last) past += 1;
      changes[from] = (changes[from] as number) + 1;
      changes[past] = (changes[past] as number) - 1;
    }
    let reaching = 0;
    return Uint32Array.from(steps, (_, i) => {
      reaching += changes[i] as number;
      return reaching;
    });
  }
}

function withMore(seed: Curve | Moments, more: Curve): Moments {
  const moments = seed instanceof Moments ? seed : new Moments();
  if (seed !== moments) moments.add(seed as Curve);
  moments.add(more);
  return moments;
}

/** Columns over all steps of the curves that come. */
abstract class Columns {
  steps: Float64Array = new Float64Array(0);

  protected abstract addAt(at: number, value: number): void;
  /** Makes room for so many steps: each one of before goes to its place among them. */
  protected abstract widen(count: number, places: Uint32Array): void;

  add({ steps, values }: Curve): void {
    if (sameSteps(steps, this.steps)) {
      for (let i = 0; i < values.length; i++) this.addAt(i, values[i] as number);
      return;
    }
    if (!isWithin(steps, this.steps)) {
      const all = union(this.steps, steps);
      this.widen(all.length, placesOf(this.steps, all));
      this.steps = all;
    }
    let at = 0;
    for (let i = 0; i < steps.length; i++) {
      while ((this.steps[at] as number) < (steps[i] as number)) at += 1;
      this.addAt(at, values[i] as number);
    }
  }
}

/** How many runs have what at each step. */
class Counts extends Columns {
  #n = new Uint32Array(0);
  #nonFinite = new Uint32Array(0);
  // The marks of the runs that are averaged, one upon the other: the same runs have the same, in whatever order.
  #set = new Uint32Array(0);
  /** Of the run that is added. */
  mark = 0;

  protected addAt(at: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.#nonFinite[at] = (this.#nonFinite[at] as number) + 1;
      return;
    }
    this.#n[at] = (this.#n[at] as number) + 1;
    this.#set[at] = (this.#set[at] as number) ^ this.mark;
  }

  protected widen(count: number, places: Uint32Array): void {
    const wide = (column: Uint32Array) => spread(column, new Uint32Array(count), places);
    [this.#n, this.#nonFinite, this.#set] = [wide(this.#n), wide(this.#nonFinite), wide(this.#set)];
  }

  counts(): Pick<GroupCurve, 'n' | 'nonFinite' | 'set'> {
    return { n: this.#n.slice(), nonFinite: this.#nonFinite.slice(), set: numbered(this.#set) };
  }
}

/** Mean and spread at each step; what is not finite is left out. */
class Moments extends Columns {
  #n = new Uint32Array(0);
  #mean = new Float64Array(0);
  // The sum of squared differences from the mean (Welford 1962): the spread of large values keeps its digits.
  #squares = new Float64Array(0);

  protected addAt(at: number, value: number): void {
    if (!Number.isFinite(value)) return;
    const n = (this.#n[at] as number) + 1;
    const before = this.#mean[at] as number;
    const mean = before + (value - before) / n;
    this.#n[at] = n;
    this.#mean[at] = mean;
    this.#squares[at] = (this.#squares[at] as number) + (value - before) * (value - mean);
  }

  protected widen(count: number, places: Uint32Array): void {
    this.#n = spread(this.#n, new Uint32Array(count), places);
    this.#mean = spread(this.#mean, new Float64Array(count), places);
    this.#squares = spread(this.#squares, new Float64Array(count), places);
  }

  mean(): Curve {
    return { steps: this.steps, values: this.#mean.map((mean, i) => (this.#n[i] === 0 ? Number.NaN : mean)) };
  }

  interval(shared: number): Pick<GroupCurve, 'steps' | 'seeds' | 'mean' | 'low' | 'high'> {
    const { steps, values: mean } = this.mean();
    const low = new Float64Array(steps.length).fill(Number.NaN);
    const high = new Float64Array(steps.length).fill(Number.NaN);
    const halves = new Map<number, number>();
    for (let i = 0; i < steps.length; i++) {
      const n = this.#n[i] as number;
      if (n < 2) continue;
      const half = halfOf(n, halves, shared) * Math.sqrt((this.#squares[i] as number) / (n - 1));
      low[i] = (mean[i] as number) - half;
      high[i] = (mean[i] as number) + half;
    }
    return { steps, seeds: this.#n.slice(), mean, low, high };
  }
}

/** Where each step stands among others that hold them all; both ascend. */
function placesOf(steps: Float64Array, all: Float64Array): Uint32Array {
  let at = 0;
  return Uint32Array.from(steps, (step) => {
    while ((all[at] as number) < step) at += 1;
    return at;
  });
}

function spread<T extends Uint32Array | Float64Array>(column: ArrayLike<number>, wide: T, places: Uint32Array): T {
  for (let i = 0; i < column.length; i++) wide[places[i] as number] = column[i] as number;
  return wide;
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
function halfOf(n: number, known: Map<number, number>, shared: number): number {
  const found = known.get(n);
  if (found !== undefined) return found;
  const half = meanInterval(0, 1, n, shared)?.[1] ?? Number.NaN;
  known.set(n, half);
  return half;
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
