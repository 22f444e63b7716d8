import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick, standing } from '../src/curves/clean.ts';
import type { Curve } from '../src/curves/curve.ts';
import { bucketWidth, downsample, keepPerBucket, mostKept, within } from '../src/curves/downsample.ts';
import { type GroupCurve, GroupSum } from '../src/curves/group.ts';
import { GrowingCurve } from '../src/curves/growing.ts';
import { onGrid } from '../src/curves/on-grid.ts';
import { Smoother } from '../src/curves/smooth.ts';
import { summarizeRuns } from '../src/statistics/replicates.ts';
import { summarize } from '../src/statistics/summary.ts';

function groupCurve(curves: Iterable<Curve>): GroupCurve {
  const sum = new GroupSum();
  for (const curve of curves) sum.add(curve);
  return sum.curve();
}

const NAN = Number.NaN;

/** Any number that a run may log: mostly ordinary, now and then NaN, an infinity or an extreme. */
const anyValue = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(NAN, Infinity, -Infinity, 0, -0, 1e300, -1e300, 5e-324) },
);

/** A curve of up to some thousands of points with gaps. */
const anyCurve = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), anyValue), { maxLength: 1500, size: 'max' })
  .map((points) => {
    let step = -1;
    return curveOf(
      points.map(([gap, value]) => {
        step += gap;
        return [step, value];
      }),
    );
  });

/** Zero without its sign, by which values do not differ here. */
const unsigned = (value: number): number => value + 0;

const curveOf = (points: readonly (readonly [number, number])[]): Curve => ({
  steps: Float64Array.from(points, ([step]) => step),
  values: Float64Array.from(points, ([, value]) => value),
});

/** Of each bucket of the range: its lowest and highest value and the kinds of value that are not finite. */
function bucketsOf({ steps, values }: Curve, indices: readonly number[], width: number) {
  const buckets = new Map<number, { low: number; high: number; broken: Set<string> }>();
  for (const i of indices) {
    const at = Math.floor((steps[i] as number) / width);
    const bucket = buckets.get(at) ?? { low: Infinity, high: -Infinity, broken: new Set() };
    const value = unsigned(values[i] as number);
    if (Number.isFinite(value)) {
      bucket.low = Math.min(bucket.low, value);
      bucket.high = Math.max(bucket.high, value);
    } else bucket.broken.add(String(value));
    buckets.set(at, bucket);
  }
  return buckets;
}

describe('the points that stand', () => {
  it('are all of a run that never went back', () => {
    expect(standing([0, 1, 5, 9])).toBeNull();
    expect(standing([])).toBeNull();
  });

  it('of a resumed run are the last of each step, in order', () => {
    const steps = Float64Array.of(0, 1, 2, 3, 2, 3, 4);
    const values = Float64Array.of(10, 11, 12, 13, 22, 23, 24);
    const kept = standing(steps);
    expect([...pick(steps, kept)]).toEqual([0, 1, 2, 3, 4]);
    expect([...pick(values, kept)]).toEqual([10, 11, 22, 23, 24]);
  });

  it('are those of a map from step to value that is filled in the order of recording', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), anyValue)), (points) => {
        const { steps, values } = curveOf(points);
        const kept = standing(steps);
        const expected = [...new Map(points)].sort(([a], [b]) => a - b);
        expect([...pick(steps, kept)]).toEqual(expected.map(([step]) => step));
        expect([...pick(values, kept)]).toEqual(expected.map(([, value]) => value));
      }),
    );
  });
});

describe('downsampling', () => {
  it('keeps of the range in view the first and last point, and of every bucket the extremes and what is not finite', () => {
    fc.assert(
      fc.property(anyCurve, fc.integer({ min: 1, max: 60 }), fc.nat(9000), fc.nat(9000), (curve, buckets, a, b) => {
        const range = [Math.min(a, b), Math.max(a, b)] as const;
        const inView = [...curve.steps.keys()].filter(
          (i) => (curve.steps[i] as number) >= range[0] && (curve.steps[i] as number) <= range[1],
        );
        const kept = downsample(curve, buckets, range);
        expect(kept.length).toBeLessThanOrEqual(mostKept(buckets));
        expect([...new Set(kept)].sort((x, y) => x - y)).toEqual(kept);
        expect([kept[0], kept.at(-1)]).toEqual([inView[0], inView.at(-1)]);
        if (inView.length <= 2 * buckets) expect(kept).toEqual(inView);
        const width = bucketWidth(range[1] - range[0], buckets);
        expect(bucketsOf(curve, kept, width)).toEqual(bucketsOf(curve, inView, width));
      }),
      { numRuns: 300 },
    );
  });

  it('shows every recorded point once the view is narrow enough', () => {
    fc.assert(
      fc.property(anyCurve, fc.nat(9000), (curve, from) => {
        let width = 16_384;
        while (true) {
          const [first, last] = within(curve.steps, [from, from + width]);
          const kept = downsample(curve, 20, [from, from + width]);
          if (last - first + 1 <= 40) {
            expect(kept).toEqual(Array.from({ length: last - first + 1 }, (_, i) => first + i));
            break;
          }
          width /= 2;
        }
      }),
    );
  });

  it('keeps drawn points where they are as rows are appended', () => {
    fc.assert(
      fc.property(anyCurve, fc.nat(1500), (curve, cut) => {
        const short = { steps: curve.steps.slice(0, cut), values: curve.values.slice(0, cut) };
        const n = short.steps.length;
        const spans = [short, curve].map(({ steps }) => (steps.at(-1) ?? 0) - (steps[0] ?? 0));
        const [before, after] = spans.map((span) => bucketWidth(span, 8)) as [number, number];
        if (before !== after || n <= 16) return;
        const open = Math.floor((short.steps[n - 1] as number) / before) * before;
        const drawn = downsample(short, 8).filter((i) => (short.steps[i] as number) < open);
        expect(downsample(curve, 8)).toEqual(expect.arrayContaining(drawn));
      }),
    );
  });

  it('cuts buckets of powers of two, of which no more than asked for cover the span', () => {
    expect([bucketWidth(100, 100), bucketWidth(101, 100), bucketWidth(999_999, 500)]).toEqual([1, 2, 2048]);
    expect([bucketWidth(0.5, 100), bucketWidth(0, 10), bucketWidth(NAN, 10)]).toEqual([0.0078125, 1, 1]);
  });

  it('bug: have a width that is a number, and its inverse too, for the smallest and the largest span there is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true }), fc.integer({ min: 1, max: 4096 }), (span, buckets) => {
        const width = bucketWidth(span, buckets);
        expect(width > 0 && Number.isFinite(width) && Number.isFinite(1 / width)).toBe(true);
        if (span <= 2 ** 1022) expect(span / width).toBeLessThanOrEqual(buckets);
      }),
      {
        examples: [
          [5e-324, 10],
          [Number.MAX_VALUE, 1],
          [Number.POSITIVE_INFINITY, 100],
        ],
      },
    );
  });
});

/** The curve without values so large that a mean keeps none of the others' digits. */
const tamed = ({ steps, values }: Curve): Curve => ({
  steps,
  values: values.map((value) => (Math.abs(value) > 1e6 && Number.isFinite(value) ? 1 : value)),
});

describe('the curve of a group', () => {
  it('is over the runs that have a value at the step, and n says how many', () => {
    const long = curveOf([0, 1, 2, 3].map((step) => [step, 10 * step]));
    const short = curveOf([
      [0, 2],
      [1, 14],
    ]);
    const { steps, n, mean, low, high } = groupCurve([long, short]);
    expect([...steps]).toEqual([0, 1, 2, 3]);
    expect([...n]).toEqual([2, 2, 1, 1]);
    expect([...mean]).toEqual([1, 12, 20, 30]);
    // Of 0 and 2: sd sqrt(2), standard error 1, and Student's t on one degree of freedom is 12.7062 (tables).
    expect(low[0]).toBeCloseTo(1 - 12.7062, 3);
    expect(high[0]).toBeCloseTo(1 + 12.7062, 3);
    expect([low[2], high[3]]).toEqual([NAN, NAN]);
  });

  it('of one seed has no interval, and of no run no points', () => {
    const alone = groupCurve([curveOf([[5, 1]])]);
    expect(alone).toMatchObject({ mean: Float64Array.of(1), low: Float64Array.of(NAN), high: Float64Array.of(NAN) });
    expect(groupCurve([]).steps).toHaveLength(0);
  });

  it('bridges no gap: a run that logs every other step is not in between', () => {
    const often = curveOf([0, 1, 2, 3, 4].map((step) => [step, 1]));
    const seldom = curveOf([0, 2, 4].map((step) => [step, 3]));
    const { steps, n, mean } = groupCurve([seldom, often]);
    expect([...steps]).toEqual([0, 1, 2, 3, 4]);
    expect([...n]).toEqual([2, 1, 2, 1, 2]);
    expect([...mean]).toEqual([2, 1, 2, 1, 2]);
  });

  it('bug: says where the runs that are averaged change, and how many of them reach a step', () => {
    const flat = (from: number, to: number, value: number) =>
      curveOf(Array.from({ length: to - from + 1 }, (_, i) => [from + i, value]));
    const { n, set, reach } = groupCurve([flat(0, 5, 9.4), flat(0, 2, 1.1), flat(3, 5, 2)]);
    expect([...n]).toEqual([2, 2, 2, 2, 2, 2]);
    expect([...set], 'as many runs, and not the same').toEqual([0, 0, 0, 1, 1, 1]);
    expect([...reach]).toEqual([2, 2, 2, 2, 2, 2]);
    const seldom = groupCurve([curveOf([0, 2, 4].map((step) => [step, 3])), flat(0, 6, 1)]);
    expect([...seldom.reach]).toEqual([2, 2, 2, 2, 2, 1, 1]);
    expect([...seldom.set]).toEqual([0, 1, 0, 1, 0, 1, 1]);
  });

  it('bug: averages other runs where one diverged and where it came back', () => {
    const { n, set, reach } = groupCurve([
      curveOf([1, NAN, 1].map((value, step) => [step, value])),
      curveOf([3, 3, 3].map((value, step) => [step, value])),
    ]);
    expect([[...n], [...set], [...reach]]).toEqual([
      [2, 1, 2],
      [0, 1, 0],
      [2, 2, 2],
    ]);
  });

  it('counts NaN and the infinities and does not average them', () => {
    const { n, mean, nonFinite } = groupCurve([
      curveOf([
        [0, NAN],
        [1, 1],
        [2, NAN],
      ]),
      curveOf([
        [0, 3],
        [1, Infinity],
        [2, NAN],
      ]),
      curveOf([
        [0, 5],
        [1, -Infinity],
      ]),
    ]);
    expect([...mean]).toEqual([4, 1, NAN]);
    expect([...n]).toEqual([2, 1, 0]);
    expect([...nonFinite]).toEqual([1, 2, 2]);
  });

  it('bug: its mean and band are over seeds: several runs of one are averaged first and are no evidence of their own', () => {
    const sum = new GroupSum();
    const add = (seed: number | undefined, points: [number, number][]) => sum.add(curveOf(points), { seed });
    add(1, [
      [0, 0],
      [1, 1],
    ]);
    add(1, [
      [0, 4],
      [1, NAN],
      [2, 5],
    ]);
    add(2, [
      [0, 6],
      [1, 3],
    ]);
    const { n, seeds, mean, low, high } = sum.curve();
    expect([[...n], [...seeds], [...mean]]).toEqual([
      [3, 2, 1],
      [2, 2, 1],
      [4, 2, 5],
    ]);
    // Of 2 and 6: the standard error is 2, and Student's t on one degree of freedom is 12.7062 (tables).
    expect(low[0]).toBeCloseTo(4 - 2 * 12.7062, 3);
    expect(high[1]).toBeCloseTo(2 + 12.7062, 3);
    expect(high[2]).toBeNaN();
    // What has no seed stands for itself.
    const without = new GroupSum();
    for (const value of [0, 4, 6]) without.add(curveOf([[0, value]]));
    expect([...without.curve().seeds]).toEqual([3]);
    // Another one between two of a seed would need all of them in memory.
    const apart = new GroupSum();
    for (const seed of [1, 2]) apart.add(curveOf([[0, 1]]), { seed });
    expect(() => apart.add(curveOf([[0, 1]]), { seed: 1 })).toThrow('runs of seed 1 do not come together');
  });

  it('has at every step the mean and the interval that its runs have there in a comparison', () => {
    const anySeeds = fc.array(fc.array(anyCurve, { minLength: 1, maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(anySeeds, (bySeed) => {
        const sum = new GroupSum();
        const maps = bySeed.flatMap((curves, seed) =>
          curves.map((wild) => {
            const { steps, values } = tamed(wild);
            sum.add({ steps, values }, { seed });
            return { seed, at: new Map([...steps].map((step, i) => [step, values[i] as number])) };
          }),
        );
        const { steps, seeds, n, mean, low, high } = sum.curve();
        for (const [i, step] of steps.entries()) {
          const there = maps.flatMap(({ seed, at }) => {
            const value = at.get(step);
            return value === undefined ? [] : [{ params: { seed }, value }];
          });
          const { summary, runs } = summarizeRuns(there);
          expect([n[i], seeds[i]]).toEqual([runs, summary?.n ?? 0]);
          if (!summary) continue;
          expect(mean[i]).toBeCloseTo(summary.mean, 8);
          if (summary.ci95) {
            expect(low[i]).toBeCloseTo(summary.ci95[0], 6);
            expect(high[i]).toBeCloseTo(summary.ci95[1], 6);
          } else expect([low[i], high[i]]).toEqual([NAN, NAN]);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('keeps its digits where values are large and their spread is small', () => {
    const { mean, high } = groupCurve([1e9, 1e9 + 1, 1e9 + 2].map((value) => curveOf([[0, value]])));
    expect(mean[0]).toBe(1e9 + 1);
    expect((high[0] as number) - (mean[0] as number)).toBeCloseTo((4.302653 * 1) / Math.sqrt(3), 5);
  });

  it('is at every step what the summary of the values there is, in whatever order the runs come', () => {
    fc.assert(
      fc.property(fc.array(anyCurve, { maxLength: 6 }), (curves) => {
        const tame = curves.map(tamed);
        const group = groupCurve(tame);
        const maps = tame.map(({ steps, values }) => new Map([...steps].map((step, i) => [step, values[i] as number])));
        const all = [...new Set(tame.flatMap(({ steps }) => [...steps]))].sort((a, b) => a - b);
        expect([...group.steps]).toEqual(all);
        for (const [i, step] of all.entries()) {
          const values = maps.flatMap((map) => map.get(step) ?? []);
          const finite = values.filter(Number.isFinite);
          expect([group.n[i], group.nonFinite[i]]).toEqual([finite.length, values.length - finite.length]);
          const summary = finite.length > 0 ? summarize(finite) : null;
          if (summary) expect(group.mean[i]).toBeCloseTo(summary.mean, 8);
          else expect(group.mean[i]).toBeNaN();
          if (summary?.ci95) expect(group.high[i]).toBeCloseTo(summary.ci95[1], 6);
          else expect(group.high[i]).toBeNaN();
        }
        const turned = groupCurve(tame.toReversed());
        expect([...turned.n]).toEqual([...group.n]);
      }),
      { numRuns: 30 },
    );
  });

  it('is of all of 1,000 runs of 10,000 steps', () => {
    const steps = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const curves = Array.from({ length: 20 }, (_, k) => ({ steps, values: steps.map((step) => Math.sin(step + k)) }));
    const thousand = Array.from({ length: 1000 }, (_, i) => curves[i % 20] as Curve);
    const { n } = groupCurve(thousand);
    expect(n[9999]).toBe(1000);
  });
});

describe('smoothing', () => {
  // From TensorBoard's own rule (debiased exponential moving average), worked by hand for weight 0.5.
  it("is TensorBoard's, without the pull of zero", () => {
    const smoothed = new Smoother(0.5).column([4, 8, 0]);
    expect([...smoothed]).toEqual([4, (0.5 * 2 + 4) / 0.75, (0.25 * 2 + 0.5 * 4 + 0) / 0.875]);
  });

  it('passes on what is not finite and goes on as if it had not been', () => {
    const [a, , , b] = new Smoother(0.9).column([1, NAN, Infinity, 2]);
    const [c, d] = new Smoother(0.9).column([1, 2]);
    expect([a, b]).toEqual([c, d]);
  });

  it('of weight 0 is the curve, and goes on from where another stopped', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true })), fc.nat(50), (values, cut) => {
        expect([...new Smoother(0).column(values)].map(unsigned)).toEqual(values.map(unsigned));
        const first = new Smoother(0.97);
        const head = first.column(values.slice(0, cut));
        const tail = new Smoother(0.97, first.state).column(values.slice(cut));
        expect([...head, ...tail]).toEqual([...new Smoother(0.97).column(values)]);
      }),
    );
  });
});

describe('a grid', () => {
  it('gives at each of its points the value that was last recorded', () => {
    const { steps, values } = onGrid(
      curveOf([
        [0.3, 1],
        [0.9, 2],
        [2.1, 3],
      ]),
      1,
    );
    expect([...steps]).toEqual([1, 2, 3]);
    expect([...values]).toEqual([2, 2, 3]);
  });

  it('is the same grid for every curve', () => {
    fc.assert(
      fc.property(anyCurve, fc.constantFrom(0.25, 1, 4, 64), (curve, width) => {
        const { steps, values } = onGrid(curve, width);
        expect(
          [...steps].every((step, i) => step % width === 0 && (i === 0 || step === (steps[i - 1] ?? 0) + width)),
        ).toBe(true);
        expect(values.at(-1)).toEqual(curve.values.at(-1));
      }),
    );
  });
});

describe('a growing curve', () => {
  it('keeps the promise of downsampling however its points arrive, in bounded memory', () => {
    fc.assert(
      fc.property(anyCurve, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (curve, sizes) => {
        const grown = new GrowingCurve(16);
        let at = 0;
        for (let k = 0; at < curve.steps.length; k++) {
          const end = at + (sizes[k % sizes.length] as number);
          grown.append({ steps: curve.steps.slice(at, end), values: curve.values.slice(at, end), smooth: [] });
          expect(grown.steps.length).toBeLessThanOrEqual(2 * mostKept(16));
          at = end;
        }
        if (curve.steps.length === 0) return;
        expect([grown.steps[0], grown.values[0]]).toEqual([curve.steps[0], curve.values[0]]);
        expect([grown.steps.at(-1), grown.values.at(-1)]).toEqual([curve.steps.at(-1), curve.values.at(-1)]);
        const width = bucketWidth((curve.steps.at(-1) as number) - (curve.steps[0] as number), 16);
        const now = { steps: Float64Array.from(grown.steps), values: Float64Array.from(grown.values) };
        expect(bucketsOf(now, [...now.steps.keys()], width)).toEqual(bucketsOf(curve, [...curve.steps.keys()], width));
      }),
    );
  });

  it('levels off over ten minutes of 1,000 points a second', () => {
    const grown = new GrowingCurve(500);
    const sizes: number[] = [];
    for (let second = 0; second < 600; second++) {
      const steps = Float64Array.from({ length: 1000 }, (_, i) => second * 1000 + i);
      grown.append({ steps, values: steps.map((step) => Math.cos(step)), smooth: steps });
      sizes.push(grown.steps.length);
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2 * mostKept(500));
    expect(grown.smooth.length).toBe(grown.steps.length);
    expect(grown.steps.at(-1)).toBe(599_999);
  });

  it('lets a resumed run replace the steps that it trains again', () => {
    const grown = new GrowingCurve(10);
    grown.append({ steps: [0, 1, 2, 3], values: [0, 1, 2, 3], smooth: [] });
    grown.append({ steps: [2, 3, 4], values: [20, 30, 40], smooth: [] });
    expect([grown.steps, grown.values]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 20, 30, 40],
    ]);
  });

  it('keeps points of one moment apart over time', () => {
    const grown = new GrowingCurve(10, false);
    grown.append({ steps: [0, 0, 1], values: [1, 2, 3], smooth: [] });
    grown.append({ steps: [1, 1], values: [4, 5], smooth: [] });
    expect(grown.values).toEqual([1, 2, 3, 4, 5]);
  });
});

it('a bucket of each kind of value that is not finite keeps one of each', () => {
  const values = [1, NAN, NAN, Infinity, -Infinity, Infinity, 2, 3];
  expect(keepPerBucket({ steps: values.map((_, i) => i), values }, 8)).toEqual([0, 1, 3, 4, 7]);
});
