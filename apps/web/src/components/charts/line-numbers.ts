import type { Range } from '@whorl/core';
import type { ChartNumbers } from './chart-exports.ts';
import { type LinePicture, span } from './line-picture.ts';

type Row = (string | number | null)[];

const MOST_RUNS = 50;

/** The words of the tables. */
export interface NumberTexts {
  readonly line: string;
  readonly points: string;
  readonly first: string;
  readonly last: string;
  readonly lowest: string;
  readonly highest: string;
  readonly runs: string;
  readonly mean: (name: string) => string;
}

/** Each line in a few numbers, of what is in view: what a reader hears who does not see it. */
export function lineSummary({ groups, runs }: LinePicture, view: Range, texts: NumberTexts): ChartNumbers {
  const row = (name: string, points: number, ys: ArrayLike<number>, xs: ArrayLike<number>, n: number | null): Row => {
    const [first, end] = span(xs, view);
    if (first >= end) return [name, points, null, null, null, null, n];
    const [low, high] = extremes(ys, first, end);
    return [name, points, ys[first] as number, ys[end - 1] as number, low, high, n];
  };
  const means = groups.flatMap(({ name, mean, hidden, runs: n }) =>
    mean && !hidden ? [row(texts.mean(name), mean.xs.length, mean.mean, mean.xs, n)] : [],
  );
  const singles = runs
    .filter(({ group }) => !groups[group]?.hidden)
    .slice(0, MOST_RUNS)
    .map(({ name, recorded, ys, xs }) => row(name, recorded, ys, xs, null));
  const { line, points, first, last, lowest, highest } = texts;
  return { columns: [line, points, first, last, lowest, highest, texts.runs], rows: [...means, ...singles] };
}

function extremes(values: ArrayLike<number>, first: number, end: number): [number, number] {
  let [low, high] = [Number.NaN, Number.NaN];
  for (let i = first; i < end; i++) {
    const value = values[i] as number;
    if (!(value >= low)) low = Number.isNaN(value) ? low : value;
    if (!(value <= high)) high = Number.isNaN(value) ? high : value;
  }
  return [low, high];
}

/** Every number that is drawn in view. */
export function lineNumbers({ groups, runs }: LinePicture, view: Range, x: string): ChartNumbers {
  const rows: Row[] = [];
  for (const { name, mean, hidden } of groups) {
    if (!mean || hidden) continue;
    const [first, end] = span(mean.xs, view);
    for (let i = first; i < end; i++) {
      const of = (column: ArrayLike<number>) => column[i] as number;
      const [low, high] = [mean.low, mean.high].map((column) => (Number.isNaN(of(column)) ? null : of(column)));
      const smooth = mean.smooth.length > 0 ? of(mean.smooth) : null;
      rows.push([
        'mean',
        name,
        of(mean.xs),
        of(mean.mean),
        smooth,
        low ?? null,
        high ?? null,
        of(mean.n),
        of(mean.nonFinite),
      ]);
    }
  }
  for (const { name, group, xs, ys, smooth } of runs) {
    if (groups[group]?.hidden) continue;
    const [first, end] = span(xs, view);
    for (let i = first; i < end; i++) {
      rows.push(['run', name, xs[i] as number, ys[i] as number, smooth[i] ?? null, null, null, null, null]);
    }
  }
  // Names of columns are for programs and the same in every language.
  return { columns: ['line', 'name', x, 'value', 'smoothed', 'low', 'high', 'n', 'not_finite'], rows };
}
