import type { CellFrame, CellPoints } from './messages.ts';

/** How many trainings diverged, and how many of the others do worse than who guesses. */
export interface Tally {
  readonly diverged: number;
  readonly worse: number;
  readonly of: number;
}

/** @param points of each training, whose classes say what guessing costs: their logarithm */
export function tallyOf(cells: readonly CellFrame[], points: readonly CellPoints[]): Tally {
  const diverged = cells.filter(({ train }) => !Number.isFinite(train.loss)).length;
  const worse = cells.filter(
    ({ train }, i) => Number.isFinite(train.loss) && train.loss > Math.log(points[i]?.classes ?? 1),
  ).length;
  return { diverged, worse, of: cells.length };
}

/** The gradient norm of each layer in a step, from the input on; none of a step that is not there. */
export function layerNorms(at: (measure: string) => number): number[] {
  const norms: number[] = [];
  for (let layer = 1; ; layer++) {
    const norm = at(`gradientNorm.${layer}`);
    if (Number.isNaN(norm)) return norms;
    norms.push(norm);
  }
}
