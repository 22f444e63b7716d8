import type { LossGrid } from './weight-paths.ts';

/** How many shades a surface has: between two of them runs a contour line. */
export const BANDS = 16;

/** A part of a row of pixels that has one shade. */
export interface BandRun {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  /** From 0, the lowest losses, to BANDS - 1; losses that are not finite have the last one. */
  readonly band: number;
}

/**
 * A surface as runs of pixels, from the top row on: the logarithm of the loss between four places is interpolated.
 * @param pixels of a side
 */
export function bandRuns({ size, losses }: LossGrid, pixels: number): BandRun[] {
  const logs = Float64Array.from(losses, (loss) =>
    Number.isFinite(loss) ? Math.log(Math.max(loss, 1e-12)) : Number.NaN,
  );
  const finite = logs.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const at = (column: number, row: number) => {
    const log = logs[row * size + column] as number;
    return Number.isFinite(log) ? log : high;
  };
  const bandAt = (x: number, y: number) => {
    const [column, row] = [Math.min(size - 2, Math.floor(x)), Math.min(size - 2, Math.floor(y))];
    const [a, b] = [x - column, y - row];
    const lower = (1 - a) * at(column, row) + a * at(column + 1, row);
    const upper = (1 - a) * at(column, row + 1) + a * at(column + 1, row + 1);
    const share = high > low ? ((1 - b) * lower + b * upper - low) / (high - low) : 0;
    return Math.max(0, Math.min(BANDS - 1, Math.floor(BANDS * share)));
  };
  const scale = (size - 1) / (pixels - 1);
  const runs: BandRun[] = [];
  for (let row = 0; row < pixels; row++) {
    const y = (pixels - 1 - row) * scale;
    let from = 0;
    let band = bandAt(0, y);
    for (let x = 1; x <= pixels; x++) {
      const next = x === pixels ? -1 : bandAt(x * scale, y);
      if (next === band) continue;
      runs.push({ row, from, to: x, band });
      [from, band] = [x, next];
    }
  }
  return runs;
}
