import { type Field, writeText } from './field.ts';

/** A value that a query compares with. */
export type Literal = string | number | boolean;

export const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
export type ComparisonOperator = (typeof COMPARISONS)[number];

/**
 * What a query says of a run, true or false. A comparison with a field that the run lacks is false, negated ones (`!=`,
 * `not in`, `not like`) included; a `not` before it makes it true.
 */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression }
  /** The run has the field. */
  | { readonly kind: 'has'; readonly field: Field }
  | {
      readonly kind: 'compare';
      readonly field: Field;
      readonly operator: ComparisonOperator;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly field: Field; readonly values: readonly Literal[]; readonly negated: boolean }
  /**
   * `%` stands for any text, `_` for one character, and a backslash makes the next character literal; ASCII letters
   * match in either case.
   */
  | { readonly kind: 'like'; readonly field: Field; readonly pattern: string; readonly negated: boolean };

/** A value as the query language writes it. */
export function formatLiteral(value: Literal): string {
  if (typeof value === 'string') return writeText(value);
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** How many comparisons the expression makes for each run; each value of a list counts as one. */
export function conditionsOf(expression: Expression): number {
  if (expression.kind === 'not') return conditionsOf(expression.term);
  if ('terms' in expression) return expression.terms.reduce((sum, term) => sum + conditionsOf(term), 0);
  return expression.kind === 'in' ? expression.values.length : 1;
}

/** Every field that the expression reads. */
export function fieldsOf(expression: Expression): Field[] {
  if (expression.kind === 'not') return fieldsOf(expression.term);
  return 'terms' in expression ? expression.terms.flatMap(fieldsOf) : [expression.field];
}
