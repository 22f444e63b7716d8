import { attemptsOf, type Curve, downsample, pick, type Range, standing } from '@whorl/core';
import { packColumn, packIntegers } from '#src/contract/columns.ts';
import type { PackedCurve } from '#src/contract/curves.ts';
import { withNeighbours } from './within-view.ts';

/** What was recorded before a run went back to an earlier step. */
export interface PastAttempts {
  /** Where it went back to, along the axis. */
  readonly restarts: Float64Array;
  /** The points that it went back behind, each stretch on its own, in order. */
  readonly left: readonly Curve[];
}

/** The points of a series that count, by their positions, and those that a restart left behind. */
interface Sorted {
  /** In order of their steps, each once. Null where all count and are in order. */
  readonly kept: Uint32Array | null;
  readonly restarts: readonly number[];
  /** Positions of each stretch, from the point on that the stretch shares with the curve. */
  readonly left: readonly Uint32Array[];
}

/** Of series by their steps: the store returns the same column until it grows. */
const [ofOwn, ofOthers] = [new WeakMap<Float64Array, Sorted>(), new WeakMap<Float64Array, Sorted>()];

/**
 * Which points of a series count. A run of ours that is resumed repeats steps bit for bit: of each step the last point
 * counts. Another program that is begun again from an earlier step leaves behind what it had recorded from there on.
 */
export function sortedPoints(steps: Float64Array, isOwn: boolean): Sorted {
  const known = isOwn ? ofOwn : ofOthers;
  const sorted = known.get(steps) ?? sort(steps, isOwn);
  known.set(steps, sorted);
  return sorted;
}

function sort(steps: Float64Array, isOwn: boolean): Sorted {
  const attempts = isOwn ? null : attemptsOf(steps);
  if (!attempts) return { kept: standing(steps), restarts: [], left: [] };
  const isLeft = new Uint8Array(steps.length);
  for (const position of attempts.left) isLeft[position] = 1;
  const rest = Uint32Array.from(steps, (_, i) => i).filter((i) => isLeft[i] === 0);
  const order = standing(pick(steps, rest));
  const kept = order === null ? rest : Uint32Array.from(order, (at) => rest[at] as number);
  return { kept, restarts: attempts.restarts, left: stretchesOf(steps, attempts) };
}

/** The points that were left behind, by the attempt that recorded them, with the point before each stretch. */
function stretchesOf(
  steps: Float64Array,
  { restarts, left }: { readonly restarts: readonly number[]; readonly left: readonly number[] },
): Uint32Array[] {
  const stretches: number[][] = [];
  let attempt = -1;
  let next = 0;
  for (const position of left) {
    while (next < restarts.length && (restarts[next] as number) <= position) next += 1;
    const begun = restarts[next - 1] ?? 0;
    if (next !== attempt) stretches.push(position > begun ? [position - 1, position] : [position]);
    else stretches.at(-1)?.push(position);
    attempt = next;
  }
  return stretches.map((positions) => {
    const order = standing(positions.map((position) => steps[position] as number));
    return Uint32Array.from(order === null ? positions : Array.from(order, (at) => positions[at] as number));
  });
}

const FEWEST_BUCKETS = 24;

/** Past attempts as they travel, by enough points to draw them. */
export function packAttempts(
  past: PastAttempts | null,
  view: Range | null,
  buckets: number,
): Pick<PackedCurve, 'restarts' | 'left'> {
  if (!past) return { restarts: '', left: [] };
  const share = Math.max(FEWEST_BUCKETS, Math.floor(buckets / past.left.length));
  return {
    restarts: packIntegers(past.restarts),
    left: past.left.flatMap((curve) => {
      const kept = withNeighbours(downsample(curve, share, view ?? undefined), curve.steps, view);
      if (kept.length === 0) return [];
      const of = (column: Float64Array) => kept.map((i) => column[i] as number);
      return [{ x: packIntegers(of(curve.steps)), values: packColumn(of(curve.values)) }];
    }),
  };
}
