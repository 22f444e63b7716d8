// How far a run is, as seen from outside.

/** How many steps a run takes in all; null where the steps of an epoch are not known. */
export function totalSteps(epochs: unknown, stepsPerEpoch: unknown): number | null {
  const isCount = (value: unknown): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value);
  return isCount(epochs) && isCount(stepsPerEpoch) ? Math.round(epochs * stepsPerEpoch) : null;
}

/** How many steps were done at a moment: ms by any clock, of which only differences count. */
export interface ProgressMark {
  readonly at: number;
  readonly steps: number;
}

const WINDOW_MS = 20_000;
/** A shorter time says little of the pace, as points come in bursts. */
const LEAST_MS = 1_500;

/** Adds that so many steps are done now, and drops marks that are too old for the pace. */
export function noteProgress(seen: readonly ProgressMark[], now: ProgressMark): readonly ProgressMark[] {
  const last = seen.at(-1);
  if (last && now.steps <= last.steps) return seen;
  const kept = seen.findLastIndex(({ at }) => now.at - at >= WINDOW_MS);
  return [...seen.slice(Math.max(0, kept)), now];
}

/**
 * How long the run will still take at its pace of the last 20 seconds, in ms; null where too little was seen to tell.
 * @param now by the clock of `seen`, so that the age of the last mark counts
 */
export function timeLeft(seen: readonly ProgressMark[], total: number, now: number): number | null {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS || last.steps <= first.steps) return null;
  const msPerStep = (last.at - first.at) / (last.steps - first.steps);
  return Math.max(0, (total - last.steps) * msPerStep - (now - last.at));
}
