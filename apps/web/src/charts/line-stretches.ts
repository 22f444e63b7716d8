import type { Range } from '@whorl/core';
import { type MeanLine, span } from './line-picture.ts';

// A mean over other runs is another mean. So where runs end, diverge or begin, one line ends and the next begins.

/** Consecutive points of a mean over the same runs. */
export interface Stretch {
  /** The first position, and one after the last. */
  readonly from: number;
  readonly past: number;
  /** How many runs are averaged. */
  readonly n: number;
  /** Whether all runs of the group that have a point are averaged. */
  readonly isWhole: boolean;
}

/** The stretches of a mean within the view, and up to the next point on either side. */
export function stretchesOf({ xs, n, set, members }: MeanLine, view: Range): Stretch[] {
  const [first, end] = span(xs, view);
  const [start, past] = [Math.max(0, first - 1), Math.min(xs.length, end + 1)];
  const stretches: Stretch[] = [];
  for (let from = start; from < past; ) {
    let to = from + 1;
    while (to < past && set[to] === set[from]) to += 1;
    const count = n[from] as number;
    if (count > 0) stretches.push({ from, past: to, n: count, isWhole: count >= members });
    from = to;
  }
  return stretches;
}

/** Where a mean stops or starts being one of fewer runs than the group has, and of how many. */
export interface PartialMean {
  readonly x: number;
  readonly least: number;
  readonly most: number;
  readonly members: number;
}

/** `2` or `2–4` runs. */
export const countText = ({ least, most }: PartialMean): string => (least === most ? String(most) : `${least}–${most}`);

/** Up to where the mean in view is not yet of all runs, and from where on no longer. */
export function partialEnds(
  mean: MeanLine,
  view: Range,
): { readonly until: PartialMean | null; readonly from: PartialMean | null } {
  const { xs, members } = mean;
  const [first, end] = span(xs, view);
  const inView = stretchesOf(mean, view).filter(({ from, past }) => past > first && from < end);
  const firstWhole = inView.findIndex(({ isWhole }) => isWhole);
  const lastWhole = inView.findLastIndex(({ isWhole }) => isWhole);
  const partial = (stretches: readonly Stretch[], x: number): PartialMean | null => {
    const counts = stretches.map(({ n }) => n);
    return counts.length === 0 ? null : { x, least: Math.min(...counts), most: Math.max(...counts), members };
  };
  if (firstWhole < 0) {
    const begin = inView[0];
    return { until: null, from: begin ? partial(inView, xs[Math.max(first, begin.from)] as number) : null };
  }
  const after = inView[lastWhole + 1];
  return {
    until: partial(inView.slice(0, firstWhole), xs[(inView[firstWhole] as Stretch).from] as number),
    from: after ? partial(inView.slice(lastWhole + 1), xs[after.from] as number) : null,
  };
}
