import type { Range } from '@whorl/core';
import type { ChartNumbers } from './chart-exports.ts';
import { type LineGroup, type LinePicture, type MeanLine, span } from './line-picture.ts';
import { type Stretch, stretchesOf } from './line-stretches.ts';

type Row = (string | number | null)[];

const MOST_RUNS = 50;
/** Where a mean has more stretches than this, the summary tells only the longest of those with the most runs. */
const MOST_STRETCHES = 4;

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
  /** The name of a mean of fewer runs than the group has, from a place on. */
  readonly partialMean: (name: string, from: number, n: number, members: number) => string;
}

/** Summarizes each line within the view by a few numbers, as the text alternative of the picture. */
export function lineSummary({ groups, runs }: LinePicture, view: Range, texts: NumberTexts): ChartNumbers {
  const row = (
    name: string,
    points: number,
    ys: ArrayLike<number>,
    [first, end]: readonly [number, number],
    n: number | null,
  ): Row => {
    if (first >= end) return [name, points, null, null, null, null, n];
    const [low, high] = extremes(ys, first, end);
    return [name, points, ys[first] as number, ys[end - 1] as number, low, high, n];
  };
  const meanRows = ({ name, hidden, mean }: LineGroup): Row[] => {
    if (!mean || hidden) return [];
    const [first, end] = span(mean.xs, view);
    const parts = toldStretches(mean, view).map((stretch) => ({
      ...stretch,
      from: Math.max(first, stretch.from),
      past: Math.min(end, stretch.past),
    }));
    if (parts.length === 0) return [row(texts.mean(name), 0, mean.mean, [0, 0], null)];
    return parts.map(({ from, past, n, isWhole }) => {
      const title = isWhole ? texts.mean(name) : texts.partialMean(name, mean.xs[from] as number, n, mean.members);
      return row(title, past - from, mean.mean, [from, past], n);
    });
  };
  const singles = runs
    .filter(({ group }) => !groups[group]?.hidden)
    .slice(0, MOST_RUNS)
    .map(({ name, recorded, steps, values }) => row(name, recorded, values, span(steps, view), null));
  const { line, points, first, last, lowest, highest } = texts;
  return {
    columns: [line, points, first, last, lowest, highest, texts.runs],
    rows: [...groups.flatMap(meanRows), ...singles],
  };
}

/**
 * The stretches of a mean that the summary tells: all of them, or where there are many, the longest of those with most runs.
 */
function toldStretches(mean: MeanLine, view: Range): Stretch[] {
  const [first, end] = span(mean.xs, view);
  const inView = stretchesOf(mean, view).filter(({ from, past }) => past > first && from < end);
  if (inView.length <= MOST_STRETCHES) return inView;
  return inView.toSorted((a, b) => b.n - a.n || b.past - b.from - (a.past - a.from)).slice(0, 1);
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
        of(mean.seeds),
        of(mean.nonFinite),
        mean.members,
      ]);
    }
  }
  for (const { name, group, steps, values, smooth, left = [] } of runs) {
    if (groups[group]?.hidden) continue;
    for (const past of left) {
      const [first, end] = span(past.steps, view);
      for (let i = first; i < end; i++) {
        const [x, y] = [past.steps[i] as number, past.values[i] as number];
        rows.push(['before restart', name, x, y, null, null, null, null, null, null, null]);
      }
    }
    const [first, end] = span(steps, view);
    for (let i = first; i < end; i++) {
      const [x, y] = [steps[i] as number, values[i] as number];
      rows.push(['run', name, x, y, smooth[i] ?? null, null, null, null, null, null, null]);
    }
  }
  // The column names are for programs, so they are the same in every language.
  return {
    columns: ['line', 'name', x, 'value', 'smoothed', 'low', 'high', 'n', 'seeds', 'not_finite', 'of_runs'],
    rows,
  };
}
