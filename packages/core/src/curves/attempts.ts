/** The attempts of a run that went back to an earlier step and went on from there. */
export interface Attempts {
  /** The positions of the points at which it went back. */
  readonly restarts: readonly number[];
  /** The positions of the points that a restart superseded, in the order in which they were recorded. */
  readonly left: readonly number[];
}

/** A run that goes back over fewer points, or goes on for fewer, only logged out of order: its points are sorted. */
const LEAST_POINTS = 3;
/**
 * Where steps go back more often than once in so many points, or more often than {@link MOST_RETURNS}, several
 * processes log at once, or steps count down: nothing is a restart.
 */
const POINTS_PER_RETURN = 10;
const MOST_RETURNS = 200;

/**
 * Finds where a run restarted from an earlier step: it logs a step that it had already logged, or it goes back over
 * several points and on for several. Steps that are merely out of order, or that go back more than once in a row, are
 * no restart.
 * @param steps in the order in which they were recorded
 * @returns null for a run without a restart
 */
export function attemptsOf(steps: ArrayLike<number>): Attempts | null {
  let returns = 0;
  for (let i = 1; i < steps.length; i++) if ((steps[i] as number) < (steps[i - 1] as number)) returns += 1;
  const most = Math.min(MOST_RETURNS, Math.max(1, steps.length / POINTS_PER_RETURN));
  if (returns === 0 || returns > most) return null;
  const restarts: number[] = [];
  /** Positions that no restart superseded, in ascending order of their steps. */
  let standing: number[] = [];
  const left: number[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as number;
    if (Number.isNaN(step)) continue;
    if (i > 0 && step < (steps[i - 1] as number)) {
      const from = firstAtLeast(standing, steps, step);
      const behind = standing.length - from;
      const isKnown = behind > 0 && steps[standing[from] as number] === step;
      if (isKnown || (behind >= LEAST_POINTS && ascends(steps, i) >= LEAST_POINTS)) {
        restarts.push(i);
        for (const position of standing.slice(from)) left.push(position);
        standing = standing.slice(0, from);
      }
    }
    const last = standing[standing.length - 1];
    if (last === undefined || (steps[last] as number) <= step) standing.push(i);
    else standing.splice(firstAtLeast(standing, steps, step), 0, i);
  }
  return restarts.length === 0 ? null : { restarts, left: left.sort((a, b) => a - b) };
}

/** The first of these positions whose step is at least `step`. */
function firstAtLeast(positions: readonly number[], steps: ArrayLike<number>, step: number): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[positions[middle] as number] as number) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of points from a position on whose steps ascend, counted up to {@link LEAST_POINTS}. */
function ascends(steps: ArrayLike<number>, from: number): number {
  let count = 1;
  while (count < LEAST_POINTS && (steps[from + count] as number) > (steps[from + count - 1] as number)) count += 1;
  return count;
}
