import type { Curve } from '@whorl/core';

/** The accuracy of a run at some steps. */
export type Accuracies = Curve<ArrayLike<number>>;

/** The accuracy at a step, or at the nearest step before it: after the last update none is measured. */
export function accuracyAt(accuracies: Accuracies | undefined, step: number): number | undefined {
  if (!accuracies) return undefined;
  let at = accuracies.steps.length - 1;
  while (at >= 0 && (accuracies.steps[at] as number) > step) at -= 1;
  return at < 0 ? undefined : accuracies.values[at];
}
