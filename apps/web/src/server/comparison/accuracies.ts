import { type Curve, pick, standing } from '@whorl/core';
import type { PointSource } from '../record/points.ts';

/**
 * A run's accuracy at some steps, or at the nearest step before each: after the last update none is measured. In a resumed
 * run, repeated steps replace the earlier ones.
 */
export function accuraciesAt(
  store: PointSource,
  runId: string,
  steps: readonly number[],
): Curve<number[]> & { readonly runId: string } {
  const recorded = store.metrics.read(runId, 'accuracy');
  const kept = standing(recorded.steps);
  const read = kept ? { steps: pick(recorded.steps, kept), values: pick(recorded.values, kept) } : recorded;
  const found: { step: number; value: number }[] = [];
  let at = -1;
  for (const step of [...steps].sort((a, b) => a - b)) {
    while (at + 1 < read.steps.length && (read.steps[at + 1] as number) <= step) at += 1;
    if (at >= 0) found.push({ step, value: read.values[at] as number });
  }
  return { runId, steps: found.map(({ step }) => step), values: found.map(({ value }) => value) };
}
