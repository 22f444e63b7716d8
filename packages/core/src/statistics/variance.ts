import type { Layout, LayoutRow } from './layout.ts';

// What the two ways of taking a variance apart have in common: balanced-variance.ts by means, fitted-variance.ts by least
// squares. effects.ts chooses and tests.

/**
 * Why something has no line: its combinations were not all run; it cannot be told apart from other factors; it has one
 * level with a finite value; it has too many levels for so few runs.
 */
export type NoEffect = 'empty-cells' | 'aliased' | 'one-level' | 'too-many';

/** What a line is tested against. */
export type ErrorTerm = 'seeds' | 'runs' | null;

/** A line before it is tested. */
export interface Line {
  /** The factors that it is of, by their places; none for the seeds. */
  readonly of: readonly number[];
  readonly df: number;
  readonly sum: number;
  /** What it is tested against, and with how many degrees of freedom; 0 where there is nothing. */
  readonly error: number;
  readonly dfError: number;
}

/** A variance taken apart; sums are of squares of what {@link CenteredValues} has. */
export interface Variance {
  readonly lines: readonly Line[];
  readonly residual: { readonly df: number; readonly sum: number };
  readonly leftOut: readonly { readonly of: readonly number[]; readonly why: NoEffect }[];
  readonly error: ErrorTerm;
}

/** The rows' values less their mean, in units of the largest, whose square might be no number. */
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

/** What has a line: single factors, then each two. */
export function termsOf({ factors }: Layout): number[][] {
  const pairs = factors.flatMap((_, i) => factors.slice(i + 1).map((_, j) => [i, i + 1 + j]));
  return [...factors.map((_, i) => [i]), ...pairs];
}
