import { mean, sum } from 'simple-statistics';
import { byLevel, type Observation, REPETITION } from './design.ts';
import { meansByKey } from './replicates.ts';
import { upperTailF } from './student.ts';

/** How much of the variance one source explains. */
export interface Effect {
  /** A factor, two of them joined by ` x ` for their interaction, or `seed`. */
  readonly source: string;
  readonly df: number;
  readonly sumOfSquares: number;
  /** Share of the total sum of squares (eta squared), between 0 and 1. */
  readonly share: number;
  /** Null where the cells have no spread to compare with. */
  readonly f: number | null;
  readonly p: number | null;
}

/** A full grid of two factors, taken apart. */
export interface Effects {
  /** The factors, their interaction, and the seeds where every cell has the same ones. */
  readonly effects: readonly Effect[];
  /** What none of them explains. */
  readonly residual: { readonly df: number; readonly sumOfSquares: number; readonly share: number };
}

/**
 * Two-way analysis of variance of a full grid with the same number of seeds in each cell, each the mean of its runs; the
 * seeds are blocks where every cell has the same ones. Null where it is no such grid or a value is not finite. With
 * equal cells all types of sums of squares agree.
 */
export function effectsOf(observations: readonly Observation[], [a, b]: readonly [string, string]): Effects | null {
  if (observations.some(({ value }) => !Number.isFinite(value))) return null;
  const cells = [...byLevel(observations, [a, b]).values()].map(seedsOf);
  const all = cells.flat();
  const [rows, columns] = [byLevel(all, [a]), byLevel(all, [b])];
  const n = cells[0]?.length ?? 0;
  const isGrid = cells.length === rows.size * columns.size && cells.every((cell) => cell.length === n);
  if (!isGrid || n < 2 || rows.size < 2 || columns.size < 2) return null;

  const valuesOf = (group: readonly Observation[]) => group.map(({ value }) => value);
  const grand = mean(valuesOf(all));
  const between = (groups: Iterable<readonly Observation[]>) =>
    sum([...groups].map((group) => group.length * (mean(valuesOf(group)) - grand) ** 2));
  const total = sum(all.map(({ value }) => (value - grand) ** 2));
  const seeds = byLevel(all, [REPETITION]);
  const areBlocks = seeds.size === n;
  const [ofRows, ofColumns, ofCells] = [between(rows.values()), between(columns.values()), between(cells)];
  const ofSeeds = areBlocks ? between(seeds.values()) : 0;
  const residual = {
    df: cells.length * (n - 1) - (areBlocks ? n - 1 : 0),
    sumOfSquares: Math.max(0, total - ofCells - ofSeeds),
  };
  const effect = (source: string, df: number, sumOfSquares: number): Effect => {
    const spread = residual.sumOfSquares / residual.df;
    const f = spread > 0 ? sumOfSquares / df / spread : null;
    const p = f === null ? null : upperTailF(f, df, residual.df);
    return { source, df, sumOfSquares, share: total > 0 ? sumOfSquares / total : 0, f, p };
  };
  const [dfRows, dfColumns] = [rows.size - 1, columns.size - 1];
  return {
    effects: [
      effect(a, dfRows, ofRows),
      effect(b, dfColumns, ofColumns),
      effect(`${a} x ${b}`, dfRows * dfColumns, Math.max(0, ofCells - ofRows - ofColumns)),
      ...(areBlocks ? [effect(REPETITION, n - 1, ofSeeds)] : []),
    ],
    residual: { ...residual, share: total > 0 ? residual.sumOfSquares / total : 0 },
  };
}

/** A cell's seeds, each with the mean of its runs. */
function seedsOf(cell: readonly Observation[]): Observation[] {
  const params = cell[0]?.params ?? {};
  return [...meansByKey(cell, ({ params }) => String(params[REPETITION])).values()].map(({ repetition, value }) => ({
    params: { ...params, [REPETITION]: repetition as number },
    value,
  }));
}
