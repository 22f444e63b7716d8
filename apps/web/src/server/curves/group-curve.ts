import { bucketWidth, downsample, type GroupCurve, GroupSum, onGrid, type Range, Smoother, within } from '@whorl/core';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { Levels, PackedGroup } from '#src/contract/curves.ts';
import type { PointSource } from '../record/points.ts';
import type { CurveRun } from './curve-runs.ts';
import { type AxisCurve, type CurveQuestion, placingMetric, readCurve, Span } from './read-curve.ts';
import { withNeighbours } from './within-view.ts';

/** Three columns of a group are drawn, each with points of its own, and the line of a mean is three pixels wide. */
export const MOST_BUCKETS = 200;

interface Group {
  readonly levels: Levels;
  readonly runs: readonly CurveRun[];
}

/**
 * The curve of a group: the mean over seeds, each of which is the mean of its runs. Over steps, and over epochs of equal
 * length, it is computed at each step. Over time, or epochs of different lengths, runs have no place in common, so it is the
 * mean of their latest values at the points of a grid.
 * @param span extended by the curves of the runs
 * @param turn lets other requests run between runs
 */
export async function readGroup(
  store: PointSource,
  group: Group,
  look: CurveQuestion,
  span: Span,
  turn: () => Promise<void>,
): Promise<PackedGroup> {
  const { key, x, range, smoothing } = look;
  const sum = new GroupSum(group.runs.reduce((most, { shared }) => Math.max(most, shared), 0));
  const smooth = smoothing > 0 ? new GroupSum() : null;
  const per = await perOf(store, group, look, turn);
  const inView = per.grid || (range && !(await isAligned(store, group, look, turn))) ? null : range;
  let members = 0;
  for (const run of seedBySeed(group.runs)) {
    await turn();
    const read = readCurve(store, run, key, x);
    const { steps } = read;
    span.add(steps, read.per);
    if (steps.length === 0) continue;
    members += 1;
    const place = (curve: AxisCurve) => (per.grid ? placed(curve, per.value, range) : cut(curve, inView));
    const ends = per.grid ? undefined : ([steps[0] as number, steps[steps.length - 1] as number] as const);
    const member = { seed: run.seed ?? undefined, ends };
    sum.add(place(read), member);
    smooth?.add(place({ ...read, values: new Smoother(smoothing).column(read.values) }), member);
  }
  return packGroup(group, members, sum.curve(), smooth?.curve() ?? null, look, per.value);
}

/** Orders runs so that those of one seed follow each other, in the order of the seeds' first runs. */
function seedBySeed(runs: readonly CurveRun[]): CurveRun[] {
  const bySeed = new Map<unknown, CurveRun[]>();
  for (const run of runs) {
    const seed = run.seed ?? run.id;
    bySeed.set(seed, [...(bySeed.get(seed) ?? []), run]);
  }
  return [...bySeed.values()].flat();
}

/** Whether the runs log the same steps, as far as they go. Then the step before the view is the same for all of them. */
async function isAligned(
  store: PointSource,
  { runs }: Group,
  { key, x }: CurveQuestion,
  turn: () => Promise<void>,
): Promise<boolean> {
  let longest: Float64Array = new Float64Array(0);
  for (const run of runs) {
    await turn();
    const { steps } = readCurve(store, run, key, x);
    const shared = Math.min(steps.length, longest.length);
    for (let i = 0; i < shared; i++) if (steps[i] !== longest[i]) return false;
    if (steps.length > longest.length) longest = steps;
  }
  return true;
}

/** The divisor of the group's whole-number axis, and whether its numbers count points of a grid. */
async function perOf(
  store: PointSource,
  { runs }: Group,
  { key, x, range, buckets }: CurveQuestion,
  turn: () => Promise<void>,
): Promise<{ value: number; grid: boolean }> {
  const [first, ...others] = new Set(runs.map(({ perEpoch }) => perEpoch ?? 1));
  const isPlaced = runs.some((run) => placingMetric(run, x) !== null);
  if (x === 'step') return { value: 1, grid: false };
  if (x === 'epoch' && others.length === 0 && !isPlaced) return { value: first ?? 1, grid: false };
  const span = new Span();
  if (range === null) {
    for (const run of runs) {
      await turn();
      const { steps, per } = readCurve(store, run, key, x);
      span.add(steps, per);
    }
  }
  const [from, to] = range ?? span.ends ?? [0, 1];
  return { value: 1 / bucketWidth(to - from, Math.min(buckets, MOST_BUCKETS)), grid: true };
}

/** The part of a curve in view, with one point on either side. The rest need not be averaged. */
function cut(curve: AxisCurve, range: Range | null): AxisCurve {
  if (range === null) return curve;
  const { steps, values, per } = curve;
  const [first, last] = within(steps, [range[0] * per, range[1] * per]);
  const [from, to] = [Math.max(0, first - 1), last + 2];
  return { ...curve, steps: steps.subarray(from, to), values: values.subarray(from, to) };
}

/** The curve at the points of a grid that has `per` points in a unit. */
function placed({ steps, values, per: own }: AxisCurve, per: number, range: Range | null): AxisCurve {
  const scaled = { steps: steps.map((step) => (step / own) * per), values };
  const inView = range && ([Math.floor(range[0] * per) - 1, Math.ceil(range[1] * per) + 1] as const);
  return { ...onGrid(scaled, 1, inView), per, origin: 0, recorded: steps.length, past: null };
}

/**
 * The steps to draw. At a step where a running curve has no value, the mean would be of the others only, and the line would
 * jump back and forth. Such steps are left out, if there are steps that all runs have.
 */
function drawnSteps({ n, nonFinite, reach }: GroupCurve): Uint32Array {
  const all = Uint32Array.from(n, (_, i) => i);
  const most = reach.reduce((high, count) => Math.max(high, count), 0);
  const isEven = (i: number) => (n[i] as number) + (nonFinite[i] as number) === reach[i];
  if (!all.some((i) => isEven(i) && reach[i] === most)) return all;
  return all.filter(isEven);
}

/** The positions around each change of the averaged runs. Of very many changes, the first and last of each bucket. */
function changesOf(steps: Float64Array, set: ArrayLike<number>, buckets: number): number[] {
  const changes = Array.from(steps, (_, i) => i).filter((i) => i > 0 && set[i] !== set[i - 1]);
  const span = (steps.at(-1) ?? 0) - (steps[0] ?? 0);
  const width = bucketWidth(span, buckets);
  const bucketOf = (i: number | undefined) => (i === undefined ? Number.NaN : Math.floor((steps[i] as number) / width));
  const kept =
    changes.length <= buckets
      ? changes
      : changes.filter(
          (i, at) => bucketOf(changes[at - 1]) !== bucketOf(i) || bucketOf(changes[at + 1]) !== bucketOf(i),
        );
  return kept.flatMap((i) => [i - 1, i]);
}

function packGroup(
  { levels, runs }: Group,
  members: number,
  curve: GroupCurve,
  smoothed: GroupCurve | null,
  look: CurveQuestion,
  per: number,
): PackedGroup {
  const steady = drawnSteps(curve);
  const column = (numbers: ArrayLike<number>) => Float64Array.from(steady, (i) => numbers[i] as number);
  const [steps, mean, low, high] = [curve.steps, curve.mean, curve.low, curve.high].map(column) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [n, nonFinite, set] = [column(curve.n), column(curve.nonFinite), column(curve.set)];
  const range = look.range && ([look.range[0] * per, look.range[1] * per] as const);
  const [first, last] = range ? within(steps, range) : [0, steps.length - 1];
  const buckets = look.every ? Math.max(1, steps.length) : Math.min(look.buckets, MOST_BUCKETS);
  const keep = (values: Float64Array) => downsample({ steps, values }, buckets, range ?? undefined);
  const broken = nonFinite.some((count) => count > 0);
  const marks = broken ? keep(mean.map((_, i) => ((nonFinite[i] as number) > 0 ? Number.NaN : 0))) : [];
  const changes = changesOf(steps, set, buckets).filter((i) => i >= first && i <= last);
  const drawn = new Set([...keep(mean), ...keep(low), ...keep(high), ...marks, ...changes]);
  const kept = withNeighbours(
    [...drawn].sort((a, b) => a - b),
    steps,
    range,
  );
  const of = (column: ArrayLike<number>) => kept.map((i) => column[i] as number);
  return {
    levels,
    runs: runs.length,
    members,
    inView: Math.max(0, last - first + 1),
    x: packIntegers(of(steps)),
    per,
    n: packIntegers(of(n)),
    seeds: packIntegers(of(column(curve.seeds))),
    nonFinite: packIntegers(of(nonFinite)),
    set: packIntegers(of(set)),
    mean: packColumn(of(mean)),
    half: packColumn(of(high.map((end, i) => end - (mean[i] as number)))),
    smooth: packColumn(smoothed ? of(column(smoothed.mean)) : []),
  };
}
