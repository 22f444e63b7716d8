import { meanInterval } from '../statistics/student.ts';
import type { Curve } from './curve.ts';
import { positionOf, type Range } from './downsample.ts';

/** The mean curve of a group's runs, at each step at which at least one of them has a value. */
export interface GroupCurve {
  readonly steps: Float64Array;
  /** How many runs have a finite value at the step. */
  readonly n: Uint32Array;
  /** How many different seeds these runs have. */
  readonly seeds: Uint32Array;
  /** The mean over the seeds, each taken as the mean of its runs; NaN where there is none. */
  readonly mean: Float64Array;
  /** Student's 95% interval of that mean; NaN where fewer than two seeds have a finite value. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How many runs have NaN or an infinity at the step. They are counted and not averaged. */
  readonly nonFinite: Uint32Array;
  /**
   * Identifies the set of runs averaged at the step: two steps have the same number exactly if they average the same
   * runs.
   */
  readonly set: Uint32Array;
  /** How many runs span the step: they have a point at or before it, and one at or after it. */
  readonly reach: Uint32Array;
}

/** What a group needs to know of a run beside its curve. */
export interface GroupMember {
  /**
   * Runs of one seed share their data and first weights, so they are averaged first. A run without a seed counts as a
   * seed of its own.
   */
  readonly seed?: unknown;
  /** The first and last step of the run, where the curve shows only a part of it. */
  readonly ends?: Range | undefined;
}

/**
 * Adds up the curves of a group's runs one at a time, so that they need not be in memory together. Only these runs
 * enter: what other groups hold or hide changes no bit of the result.
 */
export class GroupSum {
  readonly #runs = new Counts();
  readonly #seeds = new Moments();
  readonly #ends: Range[] = [];
  readonly #known = new Set<unknown>();
  /** The runs so far of the seed added last: a curve while it is one run, moments once there are more. */
  #current: { readonly seed: unknown; curve: Curve | Moments } | null = null;
  readonly #shared: number;

  /** @param shared what seeds have in common that divide one file (statistics/splits.ts) */
  constructor(shared = 0) {
    this.#shared = shared;
  }

  /**
   * Adds the curve of one run; runs of one seed must come in succession.
   * @throws Error where runs of one seed are apart
   */
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

  /** The group's curve, after all of its runs were added. */
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

/** Columns over the union of the steps of all curves added so far. */
abstract class Columns {
  steps: Float64Array = new Float64Array(0);

  protected abstract addAt(at: number, value: number): void;
  /** Makes room for `count` steps; `places` says where each earlier step goes among them. */
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

/** The counts of runs at each step. */
class Counts extends Columns {
  #n = new Uint32Array(0);
  #nonFinite = new Uint32Array(0);
  // The sum of the marks of the averaged runs: equal for the same runs, in whatever order they came.
  #set = new Uint32Array(0);
  /** The mark of the run that is being added. */
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

/** Mean and spread at each step, over finite values only. */
class Moments extends Columns {
  #n = new Uint32Array(0);
  #mean = new Float64Array(0);
  // The sum of squared differences from the mean (Welford 1962), which keeps the digits of the spread where values are
  // large.
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

/** The position of each step within `all`, which holds every one of them; both ascend. */
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

/** The mark of the run added as number `at`: 32 bits without a pattern (the finalizer of MurmurHash3). */
function markOf(at: number): number {
  let mark = Math.imul(at ^ (at >>> 16), 0x85eb_ca6b);
  mark = Math.imul(mark ^ (mark >>> 13), 0xc2b2_ae35);
  return mark ^ (mark >>> 16);
}

/** Renumbers marks in order of appearance: 0 for the first, 1 for the next different one, and so on. */
function numbered(marks: Uint32Array): Uint32Array {
  const known = new Map<number, number>();
  return marks.map((mark) => {
    const number = known.get(mark) ?? known.size;
    known.set(mark, number);
    return number;
  });
}

/**
 * Half of the 95% interval of n values whose standard deviation is 1. Student's t is slow to compute: done once for
 * each n.
 */
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

/** Whether all of the steps are among the others; both ascend. */
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
