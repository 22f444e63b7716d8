import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anchorWithin, labelWidth } from '../src/charts/label-width.ts';
import { frameOf } from '../src/charts/line-axes.ts';
import type { LineGroup, LinePicture, RunLine } from '../src/charts/line-picture.ts';
import { nearestIndex, span } from '../src/charts/line-picture.ts';
import { readAt } from '../src/charts/line-reading.ts';
import { placeOn, scaleOver, tickText, valueAt, xScale, yScale } from '../src/charts/line-scale.ts';
import { drawnEnds } from '../src/charts/resolution.ts';
import { dotScale } from '../src/features/compare/model/dot-scale.ts';
import { arePositive, isLoss, isLossPath, isReadByPowers } from '../src/features/curves/model/metric-scales.ts';

const look = { colour: { light: '#000', dark: '#fff' }, stroke: 'solid' } as const;
const group = (id: string, hidden = false): LineGroup => ({ id, name: id, look, runs: 1, hidden, mean: null });
const run = (at: number, ys: readonly number[]): RunLine => ({
  id: `run ${at}`,
  name: `run ${at}`,
  group: at,
  steps: ys.map((_, i) => i),
  values: ys,
  smooth: [],
  recorded: ys.length,
});
const linear = { logarithmic: false, clip: false };

describe('scales', () => {
  it('have ticks at 1, 2 or 5 times a power of ten, and ends that take everything in', () => {
    const picture: LinePicture = { groups: [group('a')], runs: [run(0, [0.13, 1.87])] };
    expect(yScale(picture, [0, 1], linear)).toMatchObject({ from: 0, to: 2, ticks: [0, 0.5, 1, 1.5, 2] });
    expect(xScale([0, 9999], false, 6, 1, true).ticks).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    expect(xScale([3, 5], false, 6, 1, true).ticks).toEqual([3, 4, 5]);
    expect(xScale([0, 7200], false, 4, 3600, false).ticks).toEqual([0, 0.5, 1, 1.5, 2].map((hour) => 3600 * hour));
  });

  it('bug: begin and end on a tick to the last bit, so that the lowest one has its label (7 * 0.1 is above 0.7)', () => {
    const ends = (low: number, high: number) => {
      const { from, to, ticks } = yScale({ groups: [group('a')], runs: [run(0, [low, high])] }, [0, 1], linear);
      return { given: [from, to], drawn: [ticks[0], ticks.at(-1)] };
    };
    expect(ends(0.78, 1.3).given).toEqual([0.7, 1.3]);
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 500 }), (low, range) => {
        const { given, drawn } = ends(low / 100, (low + range) / 100);
        expect(given).toEqual(drawn);
      }),
    );
  });

  it('bug: have a label at or next to the end of the axis (999 steps ended at 800), and one label for one place', () => {
    expect(xScale([0, 998], false, 6, 1, true)).toMatchObject({ to: 1000, ticks: [0, 200, 400, 600, 800, 1000] });
    expect(xScale([0, 950], false, 6, 1, true)).toMatchObject({ to: 950, ticks: [0, 200, 400, 600, 800, 950] });
    expect(xScale([1, 1000], false, 6, 1, true)).toMatchObject({ from: 0, to: 1000 });
    expect(xScale([1, 999], true, 6, 1, true).to).toBe(1000);
    expect(xScale([0, 123.456], false, 6, 1, false).ticks, 'not one that is long').toEqual([
      0, 20, 40, 60, 80, 100, 120,
    ]);
    expect(xScale([500, 500], false, 6, 1, true)).toMatchObject({ from: 499, to: 501, ticks: [500] });
    expect(scaleOver([0.001, 0.3], true), 'rates of learning').toMatchObject({
      to: 0.5,
      ticks: [0.001, 0.01, 0.1, 0.5],
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2, max: 1e6 }), (from, length) => {
        const scale = xScale([from, from + length], false, 6, 1, true);
        const last = scale.ticks.at(-1) ?? Number.NaN;
        expect(scale.to).toBeGreaterThanOrEqual(from + length);
        expect(last).toBeLessThanOrEqual(scale.to);
        if (from + length < 10_000) expect((scale.to - last) / (scale.to - scale.from)).toBeLessThan(0.21);
      }),
    );
  });

  it('bug: do not fill the picture with the rounding of a curve that has settled (0.819958 up and down by 6e-8)', () => {
    const ys = [0.819958, 0.819958 + 6e-8, 0.819958 - 6e-8].map(Math.fround);
    const scale = yScale({ groups: [group('a')], runs: [run(0, ys)] }, [0, 2], linear);
    const places = ys.map((y) => placeOn(scale, y));
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(0.02);
    expect(scaleOver(ys, false), 'of points and parallel axes').toEqual(scale);
    const dots = dotScale([{ runs: { values: ys }, summary: null }], false, 0, 1);
    expect(dots.at(ys[1] as number) - dots.at(ys[2] as number), 'of dots').toBeLessThan(0.02);
    expect(
      dots.ticks.every((tick) => String(tick).length < 6),
      'and no tick between its last digits',
    ).toBe(true);
    expect(drawnEnds(-3, -3 + 1e-3), 'what can be told apart is as it is').toEqual([-3, -3 + 1e-3]);
    expect(drawnEnds(0, 1e-30)).toEqual([0, 1e-30]);
    const [low, high] = drawnEnds(1e8, 1e8 + 8);
    expect([low < 1e8 - 500, high > 1e8 + 500]).toEqual([true, true]);
  });

  it('bug: leave room for their labels to the last digit ("995875" for 0.819958)', () => {
    const y = yScale({ groups: [group('a')], runs: [run(0, [0.81995, 0.81997])] }, [0, 1], linear);
    const x = xScale([0, 12_345_678], false, 6, 1, true);
    const { left, right } = frameOf({ x, y, xUnit: 1 });
    for (const tick of y.ticks) expect(labelWidth(tickText(tick)) + 8).toBeLessThanOrEqual(left);
    expect(labelWidth(tickText(x.ticks.at(-1) ?? 0)) / 2).toBeLessThanOrEqual(right);
    expect(
      frameOf({ x: xScale([0, 10], false, 6, 1, true), y: yScale({ groups: [], runs: [] }, [0, 1], linear), xUnit: 1 })
        .left,
    ).toBe(52);
    expect([anchorWithin(3, 20, 100), anchorWithin(50, 20, 100), anchorWithin(97, 20, 100)]).toEqual([
      'start',
      'middle',
      'end',
    ]);
  });

  it('stay where they are when a group is hidden', () => {
    const runs = [run(0, [1, 2]), run(1, [500, 900])];
    const both = yScale({ groups: [group('a'), group('b')], runs }, [0, 1], linear);
    expect(yScale({ groups: [group('a'), group('b', true)], runs }, [0, 1], linear)).toEqual(both);
  });

  it('leave out outliers only if asked to', () => {
    const ys = Array.from({ length: 500 }, (_, i) => (i === 250 ? 1e6 : Math.sin(i)));
    const picture = { groups: [group('a')], runs: [run(0, ys)] };
    expect(yScale(picture, [0, 499], linear).to).toBeGreaterThanOrEqual(1e6);
    expect(yScale(picture, [0, 499], { ...linear, clip: true }).to).toBeLessThan(3);
  });

  it('are there for nothing, for one value, and for values that are not finite', () => {
    for (const ys of [[], [3], [0, 0], [Number.NaN], [Number.POSITIVE_INFINITY, 1e-320], [1e308, -1e308]]) {
      for (const logarithmic of [false, true]) {
        const { from, to } = yScale({ groups: [group('a')], runs: [run(0, ys)] }, [0, 1], { clip: false, logarithmic });
        expect(from, `${ys} ${logarithmic}`).toBeLessThan(to);
      }
    }
  });

  it('find the place of a value and back, on logarithmic ones as well', () => {
    for (const scale of [xScale([2, 50], false, 6, 1, true), xScale([0, 1000], true, 6, 1, true)]) {
      for (const place of [0, 0.25, 1]) expect(placeOn(scale, valueAt(scale, place))).toBeCloseTo(place, 12);
    }
    expect(placeOn(xScale([0, 1000], true, 6, 1, true), 0)).toBeNaN();
  });

  it('say numbers as short as they are exact', () => {
    expect([0, 0.1, -2.5, 1500, 20_000, 1.5e6, 1e-7, 3e12, 12_345_678].map(tickText)).toEqual([
      '0',
      '0.1',
      '−2.5',
      '1500',
      '20k',
      '1.5M',
      '1e−7',
      '3e12',
      '12345678',
    ]);
  });
});

describe('reading a picture', () => {
  it('is at the nearest drawn point, the highest first', () => {
    const picture = {
      groups: [group('a'), group('b'), group('c', true)],
      runs: [run(0, [1, 2, 3]), run(1, [5, 6, 7]), run(2, [9, 9, 9])],
    };
    const scales = { x: xScale([0, 2], false, 6, 1, true), y: yScale(picture, [0, 2], linear) };
    const reading = readAt(picture, scales, 1.2, null);
    expect(reading?.x).toBe(1);
    expect(reading?.lines.map(({ name, value }) => [name, value])).toEqual([
      ['run 1', 6],
      ['run 0', 2],
    ]);
    expect(reading?.lines.map(({ smooth }) => smooth)).toEqual([undefined, undefined]);
    const smoothed = { ...picture, runs: picture.runs.map((line) => ({ ...line, smooth: [1, 1.5, 2.25] })) };
    expect(readAt(smoothed, scales, 1.2, null)?.lines[0]).toMatchObject({ value: 6, smooth: 1.5 });
    expect(readAt({ groups: [], runs: [] }, scales, 1, null)).toBeNull();
  });

  it('finds positions', () => {
    expect([-1, 0.4, 0.6, 7].map((x) => nearestIndex([0, 1, 2], x))).toEqual([0, 0, 1, 2]);
    expect(nearestIndex([], 1)).toBe(-1);
    expect(span([0, 1, 2, 3], [0.5, 2])).toEqual([1, 3]);
  });
});

describe('the axis of a metric', () => {
  it('bug: is logarithmic for ratios and sizes of gradients, where all are above zero', () => {
    expect(['gradientRatio', 'initialGradientRatio', 'gradientNorm.12'].every(isReadByPowers)).toBe(true);
    expect(['loss', 'accuracy', 'deadUnits.1', 'gradientNormal'].some(isReadByPowers)).toBe(false);
    expect(arePositive([[1, Number.NaN], Float64Array.of(1e-9)])).toBe(true);
    expect([arePositive([[1], [0]]), arePositive([]), arePositive([[Number.NaN]])]).toEqual([false, false, false]);
  });

  it('bug: of a loss is one of values that other losses have nothing to do with', () => {
    expect([['loss', 'testLoss'].every(isLoss), isLoss('lossless')]).toEqual([true, false]);
    expect([['loss', 'loss.name'].every(isLossPath), isLossPath('loss.stable')]).toEqual([true, false]);
  });
});
