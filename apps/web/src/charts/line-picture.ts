import { type Curve, within } from '@whorl/core';
import type { Look } from './looks.ts';

/** The curve of a run as it is drawn. Its steps are in the axis's unit. */
export interface RunLine extends Curve<ArrayLike<number>> {
  readonly id: string;
  readonly name: string;
  /** The index of its group. */
  readonly group: number;
  /** The smoothed value at each point; empty where nothing is smoothed. */
  readonly smooth: ArrayLike<number>;
  /** How many points were recorded. */
  readonly recorded: number;
  /** Where it went back to an earlier step and went on from there. */
  readonly restarts?: ArrayLike<number>;
  /** What it had recorded from there on before. */
  readonly left?: readonly Curve<ArrayLike<number>>[];
}

/** Mean and interval of a group as they are drawn. */
export interface MeanLine {
  readonly xs: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly smooth: ArrayLike<number>;
  /** How many runs are averaged, and how many seeds they have. Mean and interval are over seeds. */
  readonly n: ArrayLike<number>;
  readonly seeds: ArrayLike<number>;
  readonly nonFinite: ArrayLike<number>;
  /** Identifies the averaged runs: two places have the same number exactly if the same runs are averaged. */
  readonly set: ArrayLike<number>;
  /** How many runs of the group have any point. */
  readonly members: number;
}

/** A group of runs, drawn alike. */
export interface LineGroup {
  readonly id: string;
  readonly name: string;
  readonly look: Look;
  readonly runs: number;
  readonly hidden: boolean;
  readonly mean: MeanLine | null;
}

/** What a chart of lines shows. */
export interface LinePicture {
  readonly groups: readonly LineGroup[];
  readonly runs: readonly RunLine[];
}

/** The position of the nearest x; -1 where there is none. The xs ascend. */
export function nearestIndex(xs: ArrayLike<number>, x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((xs[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return xs.length > 0 ? 0 : -1;
  if (low === xs.length) return low - 1;
  return x - (xs[low - 1] as number) <= (xs[low] as number) - x ? low - 1 : low;
}

/** The positions of the points within a range: the first, and one after the last. The xs ascend. */
export function span(xs: ArrayLike<number>, [from, to]: readonly [number, number]): [number, number] {
  const [first, last] = within(xs, [from, to]);
  return [first, Math.max(first, last + 1)];
}
