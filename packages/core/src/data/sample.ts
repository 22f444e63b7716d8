import type { Rng } from '../random/rng.ts';

/** Which points of a class to take, where a class is a curve that its training points divide into gaps. */
export interface Sample {
  readonly perClass: number;
  /** The place of point i on the curve: 0 is the first training point, 1 the second, 0.5 halfway between them. */
  readonly at: (i: number, gaps: number) => number;
}

/** The training points themselves. */
export const trainingSample = (n: number): Sample => ({ perClass: n, at: (i) => i });

/** Points between the training points, in gaps drawn at random, never within a tenth of a gap of a training point. */
export const sampleBetween = (perClass: number, rng: Rng): Sample => ({
  perClass,
  at: (_, gaps) => Math.floor(rng.uniform(0, gaps)) + rng.uniform(0.1, 0.9),
});
