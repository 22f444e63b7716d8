/** The largest curvatures of some trainings, and the largest rate at which plain gradient descent is stable there. */
export interface StableRates {
  readonly least: number;
  readonly most: number;
  /** How many trainings have a curvature above 0. */
  readonly of: number;
  /** How many of them are trained at a rate beyond the bound. */
  readonly beyond: number;
}

/** The bound of each is 2 / curvature: beyond it, a step ends further away along the steepest axis than it began. */
export function stableRates(curvatures: readonly number[], rate: number): StableRates {
  const bounds = curvatures.filter((curvature) => curvature > 0).map((curvature) => 2 / curvature);
  return {
    least: Math.min(...bounds),
    most: Math.max(...bounds),
    of: bounds.length,
    beyond: bounds.filter((bound) => rate > bound).length,
  };
}
