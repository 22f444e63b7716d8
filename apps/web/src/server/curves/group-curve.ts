import { bucketWidth, downsample, type GroupCurve, GroupSum, onGrid, type Range, Smoother, within } from '@whorl/core';
import type { Store } from '@whorl/store';
import { packColumn, packIntegers } from '#src/api/columns.ts';
import type { CurveRun } from './curve-runs.ts';
import { type AxisCurve, type Look, readCurve, Span, withNeighbours } from './read-curve.ts';
import type { Levels, PackedGroup } from './schemas.ts';

/** Three columns are drawn of a group, and keep points at places of their own; a mean's pen is three pixels wide. */
const MOST_BUCKETS = 200;

interface Group {
  readonly levels: Levels;
  readonly runs: readonly CurveRun[];
}

/**
 * The curve of a group, from its runs alone. Over steps, and over epochs of one length, it is the mean at each step. At
 * no moment do two runs have a point in common: over time, and over epochs of different lengths, it is the mean of what
 * was last recorded, at the points of a grid.
 * @param span is told where the curves of its runs lie
 * @param turn lets others have their turn between runs
 */
export async function readGroup(
  store: Pick<Store, 'metrics'>,
  group: Group,
  look: Look,
  span: Span,
  turn: () => Promise<void>,
): Promise<PackedGroup> {
  const { key, x, range, smoothing } = look;
  const sum = new GroupSum();
  const smooth = smoothing > 0 ? new GroupSum() : null;
  const per = await perOf(store, group, look, turn);
  for (const run of group.runs) {
    await turn();
    const read = readCurve(store, run, key, x);
    span.add(read.steps, read.per);
    const place = (curve: AxisCurve) => (per.grid ? placed(curve, per.value, range) : cut(curve, range));
    sum.add(place(read));
    smooth?.add(place({ ...read, values: new Smoother(smoothing).column(read.values) }));
  }
  return packGroup(group, sum.curve(), smooth?.curve() ?? null, look, per.value);
}

/** By what the whole numbers of the group's axis are divided, and whether they count points of a grid. */
async function perOf(
  store: Pick<Store, 'metrics'>,
  { runs }: Group,
  { key, x, range, buckets }: Look,
  turn: () => Promise<void>,
): Promise<{ value: number; grid: boolean }> {
  const [first, ...others] = new Set(runs.map(({ perEpoch }) => perEpoch ?? 1));
  if (x === 'step') return { value: 1, grid: false };
  if (x === 'epoch' && others.length === 0) return { value: first ?? 1, grid: false };
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

/** The part of the curve that is in view, with its nearest points outside: the rest need not be averaged. */
function cut(curve: AxisCurve, range: Range | null): AxisCurve {
  if (range === null) return curve;
  const { steps, values, per } = curve;
  const [first, last] = within(steps, [range[0] * per, range[1] * per]);
  const [from, to] = [Math.max(0, first - 1), last + 2];
  return { ...curve, steps: steps.subarray(from, to), values: values.subarray(from, to) };
}

/** The curve at the points of the grid that has `per` of them in a unit. */
function placed({ steps, values, per: own }: AxisCurve, per: number, range: Range | null): AxisCurve {
  const scaled = { steps: steps.map((step) => (step / own) * per), values };
  const inView = range && ([Math.floor(range[0] * per) - 1, Math.ceil(range[1] * per) + 1] as const);
  return { ...onGrid(scaled, 1, inView), per, origin: 0, recorded: steps.length };
}

function packGroup(
  { levels, runs }: Group,
  curve: GroupCurve,
  smooth: GroupCurve | null,
  look: Look,
  per: number,
): PackedGroup {
  const { steps, n, nonFinite, mean, low, high } = curve;
  const range = look.range && ([look.range[0] * per, look.range[1] * per] as const);
  const [first, last] = range ? within(steps, range) : [0, steps.length - 1];
  const buckets = Math.min(look.buckets, MOST_BUCKETS);
  const keep = (values: Float64Array) => downsample({ steps, values }, buckets, range ?? undefined);
  const broken = nonFinite.some((count) => count > 0);
  const marks = broken ? keep(mean.map((_, i) => ((nonFinite[i] as number) > 0 ? Number.NaN : 0))) : [];
  const drawn = new Set([...keep(mean), ...keep(low), ...keep(high), ...marks]);
  const kept = withNeighbours(
    [...drawn].sort((a, b) => a - b),
    steps,
    range,
  );
  const of = (column: ArrayLike<number>) => kept.map((i) => column[i] as number);
  return {
    levels,
    runs: runs.length,
    inView: Math.max(0, last - first + 1),
    x: packIntegers(of(steps)),
    per,
    n: packIntegers(of(n)),
    nonFinite: packIntegers(of(nonFinite)),
    mean: packColumn(of(mean)),
    half: packColumn(of(high.map((end, i) => end - (mean[i] as number)))),
    smooth: packColumn(smooth ? of(smooth.mean) : []),
  };
}
