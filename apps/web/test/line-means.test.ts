import { describe, expect, it } from 'vitest';
import { lineNumbers, lineSummary } from '../src/charts/line-numbers.ts';
import { lineOption } from '../src/charts/line-option.ts';
import type { LinePicture, MeanLine } from '../src/charts/line-picture.ts';
import { readAt } from '../src/charts/line-reading.ts';
import { xScale, yScale } from '../src/charts/line-scale.ts';
import { countText, partialEnds, stretchesOf } from '../src/charts/line-stretches.ts';

const NAN = Number.NaN;
const look = { colour: { light: '#000', dark: '#fff' }, stroke: 'solid' } as const;

/** A mean of so many runs at each step from 0 on. */
const meanOf = (n: readonly number[], mean: readonly number[], members = 5): MeanLine => ({
  xs: n.map((_, i) => i),
  mean,
  low: mean.map((value, i) => ((n[i] as number) > 1 ? value - 0.1 : NAN)),
  high: mean.map((value, i) => ((n[i] as number) > 1 ? value + 0.1 : NAN)),
  smooth: [],
  n,
  seeds: n,
  nonFinite: n.map((count) => (count < members && count > 2 ? 1 : 0)),
  set: n,
  members,
});
const picture = (mean: MeanLine): LinePicture => ({
  groups: [{ id: 'a', name: 'relu', look, runs: 5, hidden: false, mean }],
  runs: [],
});
const ALL = [0, 5] as const;
// Five runs, one diverges at step 2, three more end after step 3.
const mean = meanOf([5, 5, 4, 4, 2, 2], [5.3, 5.25, 5.2, 5.2, 9.4, 9.4]);

interface Series {
  readonly type: string;
  readonly z: number;
  readonly symbol?: string;
  readonly data: readonly (readonly [number, number])[];
  readonly renderItem?: (params: object) => {
    readonly style: { readonly lineWidth: number };
    readonly shape: { readonly line: { readonly places: Float64Array } };
  };
}

describe('a mean over runs that end or diverge', () => {
  it('bug: is one line for each set of runs, fine where runs are missing, with a ring where another begins', () => {
    expect(stretchesOf(mean, ALL)).toEqual([
      { from: 0, past: 2, n: 5, isWhole: true },
      { from: 2, past: 4, n: 4, isWhole: false },
      { from: 4, past: 6, n: 2, isWhole: false },
    ]);
    const shown = picture(mean);
    const axes = {
      x: xScale(ALL, false, 6, 1, true),
      y: yScale(shown, ALL, { logarithmic: false, clip: false }),
      xName: 'step',
      yName: 'loss',
      xUnit: 1,
    };
    const series = lineOption(shown, axes, 'light').series as Series[];
    const lines = series.find(({ type, z }) => type === 'custom' && z === 5);
    const drawn = lines?.data.map((_, dataIndex) =>
      lines.renderItem?.({ dataIndex, coordSys: { x: 0, y: 0, width: 1, height: 1 } }),
    );
    expect(drawn?.map((item) => item?.style.lineWidth)).toEqual([2.25, 1.25, 1.25]);
    expect(
      drawn?.map((item) => item?.shape.line.places.length),
      'two points each',
    ).toEqual([4, 4, 4]);
    expect(series.find(({ symbol }) => symbol === 'circle')?.data).toEqual([
      [2, 5.2],
      [4, 9.4],
    ]);
    const bands = series.find(({ type, z }) => type === 'custom' && z === 1);
    expect(bands?.data, 'a band for each').toHaveLength(3);
  });

  it('says from where it is of fewer runs, and of how many', () => {
    const { until, from } = partialEnds(mean, ALL);
    expect([until, from]).toEqual([null, { x: 2, least: 2, most: 4, members: 5 }]);
    expect(from && countText(from)).toBe('2–4');
    expect(partialEnds(meanOf([1, 1, 5, 5], [1, 1, 1, 1]), [0, 3])).toEqual({
      until: { x: 2, least: 1, most: 1, members: 5 },
      from: null,
    });
    expect(partialEnds(meanOf([5, 5], [1, 1]), [0, 1])).toEqual({ until: null, from: null });
    expect(partialEnds(mean, [4, 5]).from, 'zoomed to the end').toMatchObject({ x: 4, most: 2 });
  });

  it('has its n under the pointer, in the numbers and in the CSV', () => {
    const shown = picture(mean);
    const scales = { x: xScale(ALL, false, 6, 1, true), y: yScale(shown, ALL, { logarithmic: false, clip: false }) };
    expect(readAt(shown, scales, 5, null)?.lines[0]).toMatchObject({ value: 9.4, n: 2, members: 5 });
    const texts = { line: '', points: '', first: '', last: '', lowest: '', highest: '', runs: 'runs' };
    const named = {
      mean: (name: string) => `mean of ${name}`,
      partialMean: (name: string, from: number, n: number, members: number) => `${name} from ${from}: ${n}/${members}`,
    };
    expect(lineSummary(shown, ALL, { ...texts, ...named }).rows).toEqual([
      ['mean of relu', 2, 5.3, 5.25, 5.25, 5.3, 5],
      ['relu from 2: 4/5', 2, 5.2, 5.2, 5.2, 5.2, 4],
      ['relu from 4: 2/5', 2, 9.4, 9.4, 9.4, 9.4, 2],
    ]);
    const { columns, rows } = lineNumbers(shown, ALL, 'step');
    const at = (name: string) => rows.map((row) => row[columns.indexOf(name)]);
    expect([at('n'), at('not_finite'), at('of_runs')]).toEqual([
      [5, 5, 4, 4, 2, 2],
      [0, 0, 1, 1, 0, 0],
      [5, 5, 5, 5, 5, 5],
    ]);
  });
});
