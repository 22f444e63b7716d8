import type { RunRecord } from '@whorl/store';
import { levelsOf } from '#src/curves/outline.ts';
import { stepsPerEpoch } from './epochs.ts';
import type { Levels } from './schemas.ts';

/** What curves need to know of a run. */
export interface CurveRun {
  readonly id: string;
  readonly name: string;
  readonly levels: Levels;
  /** ms since 1970; null for a run that did not start. */
  readonly startedAt: number | null;
  readonly perEpoch: number | null;
}

export const toCurveRun = (run: RunRecord, by: readonly string[]): CurveRun => ({
  id: run.id,
  name: run.name,
  levels: levelsOf(run.params, by),
  startedAt: run.startedAt?.getTime() ?? null,
  perEpoch: stepsPerEpoch(run),
});
