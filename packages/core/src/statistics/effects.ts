import { type Observation, REPETITION } from '../design/observation.ts';
import { balancedVariance, isBalanced } from './balanced-variance.ts';
import { interactionBetween } from './dependence.ts';
import { fittedVariance } from './fitted-variance.ts';
import { type Layout, layoutOf } from './layout.ts';
import { spendOf } from './looks.ts';
import { sharedVariance } from './splits.ts';
import { ALPHA, holm, upperTailF } from './student.ts';
import { type ErrorTerm, type Line, measured, type NoEffect, squares } from './variance.ts';

/** How much of the variance one line explains. */
export interface Effect {
  /** A factor's path, two joined by ` x ` for their interaction, or `seed`; ` + ` joins paths that vary as one. */
  readonly source: string;
  /** The same as lists: its factors, each with its paths; empty for the seeds. */
  readonly of: readonly (readonly string[])[];
  readonly df: number;
  /** Type III: what it explains beyond all other lines. */
  readonly sumOfSquares: number;
  /** Its share of the total sum of squares (eta squared), between 0 and 1. */
  readonly share: number;
  /** Null for the seeds, which are not tested, and where there is no spread to compare with. */
  readonly f: number | null;
  /** Degrees of freedom of the error that F compares with; 0 where there is none. */
  readonly dfError: number;
  readonly p: number | null;
  /**
   * Corrected by Holm for all lines, for looks, and for an interaction by Geisser and Greenhouse for unequal spread
   * (interaction.ts): the p for a reader who looks for small ones, never smaller than the one behind the verdict.
   */
  readonly pAdjusted: number | null;
}

/** The variance of some runs, divided among its sources. */
export interface Effects {
  /** Lines for the factors, their interactions by two, and the seeds where these are blocks. */
  readonly effects: readonly Effect[];
  /** What no line explains, including interactions of three or more factors and how each effect differs by seed. */
  readonly residual: { readonly df: number; readonly sumOfSquares: number; readonly share: number };
  /** What has no line, and why. */
  readonly leftOut: readonly { readonly source: string; readonly of: Effect['of']; readonly why: NoEffect }[];
  /** Whether every combination was run with every seed: then the shares add up to 1. */
  readonly isBalanced: boolean;
  readonly seeds: number;
  /** Runs without a finite value, which are left out here. */
  readonly diverged: number;
  /**
   * What the lines are tested against. `seeds`: how the effect differs from seed to seed; a seed that occurs in many
   * combinations is one repetition of the line. `runs`: where each combination has seeds of its own, how these differ.
   * Null where some combinations share seeds and others do not: neither would be right.
   */
  readonly error: ErrorTerm;
}

/** A mean square below this part of the values' own is rounding. */
const ROUNDING = 1e-24;

/**
 * Analysis of variance of runs in which any number of factors vary: the factors, their interactions by two, and the
 * seeds as blocks. Sums of squares are of type III, so that where combinations are missing or have unequal numbers of
 * seeds no factor is credited with what another explains. Several runs of one seed and combination are one value, their
 * mean; runs that diverged are left out.
 * @param by all paths that somebody chose to vary: the effect of any other is attributed to these or to chance
 * @param look how often these runs may have been looked at (looks.ts), where p should account for it
 * @returns null where no factor has two levels with a finite value, where there are fewer than two seeds, and where
 * there are too many levels to tell apart
 */
export function effectsOf(
  observations: readonly Observation[],
  by: readonly string[],
  look: number | null = null,
): Effects | null {
  const layout = layoutOf(observations, by);
  const { factors, rows, seeds, diverged } = layout;
  if (factors.length === 0 || seeds < 2) return null;
  const { values, unit } = measured(rows);
  const isFull = isBalanced(layout);
  const found = isFull ? balancedVariance(layout, values) : fittedVariance(layout, values);
  if (!found) return null;
  const total = squares(values);
  const sizeOf = ({ df, sum }: { readonly df: number; readonly sum: number }) => ({
    df,
    sumOfSquares: sum * unit * unit,
    share: total > 0 ? Math.min(1, sum / total) : 0,
  });
  const nameOf = (places: readonly number[]) => {
    const of = places.map((place) => factors[place]?.paths ?? []);
    return { source: of.map((paths) => paths.join(' + ')).join(' x ') || REPETITION, of };
  };
  const shared = sharedVariance(observations);
  const widened = 1 + shared * seedsOfOne(layout);
  const tests = found.lines.map((line) => testOf(line, widened));
  const careful = found.lines.map(({ of: [one, other] }, i) => {
    const { p } = tests[i] as ReturnType<typeof testOf>;
    if (one === undefined || other === undefined || p === null || p >= ALPHA) return p;
    const [of, on] = [factors[one]?.paths ?? [], factors[other]?.paths ?? []];
    return Math.max(p, interactionBetween(observations, of, on, shared)?.p ?? p);
  });
  const corrected = holm(careful.filter((p) => p !== null));
  const pAdjusted = careful.map((p, i) => {
    const before = careful.slice(0, i).filter((other) => other !== null).length;
    return p === null ? null : Math.min(1, (corrected[before] as number) / (look === null ? 1 : spendOf(look)));
  });
  const lost = by.filter((path) => !factors.some(({ paths }) => paths.includes(path)));
  return {
    effects: found.lines.map((line, i) => ({
      ...nameOf(line.of),
      ...sizeOf(line),
      dfError: line.dfError,
      ...(tests[i] as ReturnType<typeof testOf>),
      pAdjusted: pAdjusted[i] as number | null,
    })),
    residual: sizeOf(found.residual),
    leftOut: [
      ...lost.map((path) => ({ source: path, of: [[path]], why: 'one-level' as const })),
      ...found.leftOut.map(({ of, why }) => ({ ...nameOf(of), why })),
    ],
    isBalanced: isFull,
    seeds,
    diverged,
    error: found.error,
  };
}

/** The largest number of seeds that one combination has. */
function seedsOfOne({ rows }: Layout): number {
  const seeds = new Map<string, number>();
  for (const { at } of rows) seeds.set(at.join(), (seeds.get(at.join()) ?? 0) + 1);
  return Math.max(...seeds.values());
}

/**
 * @param widened by how much more the means of splits of one file vary than those of independent seeds: the means in F
 * vary so, its error does not (Nadeau and Bengio 2003)
 */
function testOf({ of, df, sum, dfError, error }: Line, widened: number): Pick<Effect, 'f' | 'p'> {
  const spread = error / dfError;
  if (of.length === 0 || !(spread > ROUNDING)) return { f: null, p: null };
  const f = sum / df / spread / widened;
  return { f, p: upperTailF(f, df, dfError) };
}
