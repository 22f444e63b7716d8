import { type LineGroup, type LinePicture, nearestIndex, type RunLine } from './line-picture.ts';
import { type LineScale, placeOn } from './line-scale.ts';

/** The values of one line at a place. */
export interface ReadLine {
  readonly id: string;
  readonly name: string;
  readonly look: LineGroup['look'];
  readonly value: number;
  /** The smoothed value, where the lines are smoothed. */
  readonly smooth?: number | undefined;
  /** For a group: its interval, where it has one, and over how many runs and seeds it is. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly n?: number | undefined;
  readonly seeds?: number | undefined;
  /** How many runs of the group have any point. */
  readonly members?: number | undefined;
  readonly nonFinite?: number | undefined;
  /** The height at which it is drawn, smoothed where the lines are; NaN where it is not drawn. */
  readonly place: number;
}

/** The values of the lines at the recorded place nearest to the pointer. */
export interface LineReading {
  readonly x: number;
  readonly lines: readonly ReadLine[];
  /** How many further lines are left out. */
  readonly more: number;
}

const MOST_LINES = 12;
/** A line counts only if it has a point within this share of the view. */
const NEAR = 0.02;

/**
 * Reads the lines at `x`: the means, or the runs where there are no means. Of many lines it takes those nearest to the
 * height of the pointer.
 */
export function readAt(
  { groups, runs }: LinePicture,
  scales: { readonly x: LineScale; readonly y: LineScale },
  at: number,
  height: number | null,
): LineReading | null {
  const means = groups.flatMap((group) => (group.mean && !group.hidden ? [{ group, xs: group.mean.xs }] : []));
  const singles = runs.flatMap((run) => {
    const group = groups[run.group];
    return group && !group.hidden ? [{ group, run, xs: run.steps }] : [];
  });
  const told: readonly { group: LineGroup; run?: RunLine; xs: ArrayLike<number> }[] =
    means.length > 0 ? means : singles;
  let x = Number.NaN;
  for (const { xs } of told) {
    const candidate = xs[nearestIndex(xs, at)];
    if (candidate !== undefined && !(Math.abs(candidate - at) >= Math.abs(x - at))) x = candidate;
  }
  if (Number.isNaN(x)) return null;
  const here = placeOn(scales.x, x);
  const lines = told.flatMap(({ group, run, xs }): ReadLine[] => {
    const i = nearestIndex(xs, x);
    if (i < 0 || !(Math.abs(placeOn(scales.x, xs[i] as number) - here) <= NEAR)) return [];
    const { mean } = group;
    if (run) {
      const value = run.values[i] as number;
      const smooth = run.smooth[i];
      return [
        { id: run.id, name: run.name, look: group.look, value, smooth, place: placeOn(scales.y, smooth ?? value) },
      ];
    }
    if (!mean) return [];
    const [value, low, high] = [mean.mean[i] as number, mean.low[i] as number, mean.high[i] as number];
    const smooth = mean.smooth[i];
    const [n, nonFinite] = [mean.n[i] as number, mean.nonFinite[i] as number];
    return [
      {
        id: group.id,
        name: group.name,
        look: group.look,
        value,
        smooth,
        low,
        high,
        n,
        seeds: mean.seeds[i],
        members: mean.members,
        nonFinite,
        place: placeOn(scales.y, smooth ?? value),
      },
    ];
  });
  const far = (line: ReadLine) => Math.abs((Number.isFinite(line.place) ? line.place : 0) - (height ?? 1));
  const kept = lines.length > MOST_LINES ? [...lines].sort((a, b) => far(a) - far(b)).slice(0, MOST_LINES) : lines;
  const order = (line: ReadLine) => (Number.isNaN(line.value) ? Number.POSITIVE_INFINITY : line.value);
  return { x, lines: [...kept].sort((a, b) => order(b) - order(a)), more: lines.length - kept.length };
}
