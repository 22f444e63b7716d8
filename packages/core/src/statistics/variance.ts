import type { Layout, LayoutRow } from './layout.ts';

// What both ways of dividing a variance share: balanced-variance.ts by means, fitted-variance.ts by least squares.
// effects.ts chooses one and tests.

/**
 * Why something has no line: not all of its combinations were run; it cannot be told apart from other factors; only one
 * of its levels has a finite value; it has too many levels for so few runs.
 */
export type NoEffect = 'empty-cells' | 'aliased' | 'one-level' | 'too-many';

/** What a line is tested against. */
export type ErrorTerm = 'seeds' | 'runs' | null;

/** A line before it is tested. */
export interface Line {
  /** The places of its factors; empty for the seeds. */
  readonly of: readonly number[];
  readonly df: number;
  readonly sum: number;
  /** The sum of squares that it is tested against, and its degrees of freedom; 0 where there is none. */
  readonly error: number;
  readonly dfError: number;
}

/** A variance divided among its sources; sums are of squares of {@link CenteredValues}. */
export interface Variance {
  readonly lines: readonly Line[];
  readonly residual: { readonly df: number; readonly sum: number };
  readonly leftOut: readonly { readonly of: readonly number[]; readonly why: NoEffect }[];
  readonly error: ErrorTerm;
}

/** The rows' values less their mean, in units of the largest, whose square could overflow. */
export interface CenteredValues {
  readonly values: Float64Array;
  readonly unit: number;
}

export function measured(rows: readonly LayoutRow[]): CenteredValues {
  const unit = rows.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0) || 1;
  const values = Float64Array.from(rows, ({ value }) => value / unit);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { values: values.map((value) => value - mean), unit };
}

export const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);

/** The terms that get a line: single factors, then all pairs. */
export function termsOf({ factors }: Layout): number[][] {
  const pairs = factors.flatMap((_, i) => factors.slice(i + 1).map((_, j) => [i, i + 1 + j]));
  return [...factors.map((_, i) => [i]), ...pairs];
}
