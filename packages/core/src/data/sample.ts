import type { Rng } from '../random/rng.ts';

/** Which points of each class a set has, where a class lies on a curve that the training points divide into gaps. */
export interface Sample {
  readonly perClass: number;
  /** Where point i lies: 0 is the first training point, 1 the second, and 0.5 is the middle between them. */
  readonly at: (i: number, gaps: number) => number;
}

/** The training points themselves. */
export const trainingSample = (n: number): Sample => ({ perClass: n, at: (i) => i });

/** Points between those of the training set, in gaps drawn at random; none within a tenth of a gap of one of them. */
export const sampleBetween = (perClass: number, rng: Rng): Sample => ({
  perClass,
  at: (_, gaps) => Math.floor(rng.uniform(0, gaps)) + rng.uniform(0.1, 0.9),
});
