// Filters and orders over what is few enough to be read whole: experiments and logged models.

import type { Filter, FilterOperator } from './filter.ts';

/** What something has: of a metric and a numeric attribute numbers, else a text; undefined where it has none. */
export type Reader = (entity: string, key: string) => number | string | undefined;

/** Whether a filter is true of what is read. */
export function holds(filter: Filter, read: Reader): boolean {
  switch (filter.kind) {
    case 'not':
      return !holds(filter.term, read);
    case 'and':
      return filter.terms.every((term) => holds(term, read));
    case 'or':
      return filter.terms.some((term) => holds(term, read));
    case 'compare': {
      const found = read(filter.entity, filter.key);
      if (filter.comparator === 'IS NULL') return found === undefined;
      return found !== undefined && compares(found, filter.comparator, filter.value);
    }
  }
}

function compares(found: number | string, comparator: FilterOperator, value: unknown): boolean {
  switch (comparator) {
    case '=':
      return found === value;
    case '!=':
      return found !== value;
    case '<':
      return (found as number) < (value as number);
    case '<=':
      return (found as number) <= (value as number);
    case '>':
      return (found as number) > (value as number);
    case '>=':
      return (found as number) >= (value as number);
    case 'LIKE':
      return fitsPattern(String(found), String(value));
    case 'ILIKE':
      return fitsPattern(String(found).toLowerCase(), String(value).toLowerCase());
    case 'IN':
      return (value as readonly unknown[]).includes(found);
    case 'NOT IN':
      return !(value as readonly unknown[]).includes(found);
    default:
      return true;
  }
}

/**
 * Whether a text is like a pattern, in which `%` stands for any text and `_` for a character. It goes back to the latest `%`
 * alone, so that no pattern takes longer than the product of both lengths.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const [letters, signs] = [[...text], [...pattern]];
  let [at, sign, star, from] = [0, 0, -1, 0];
  while (at < letters.length) {
    if (signs[sign] === '%') {
      star = sign;
      from = at;
      sign += 1;
    } else if (sign < signs.length && (signs[sign] === '_' || signs[sign] === letters[at])) {
      at += 1;
      sign += 1;
    } else if (star >= 0) {
      from += 1;
      at = from;
      sign = star + 1;
    } else return false;
  }
  return signs.slice(sign).every((rest) => rest === '%');
}

/** A number or a text before one that is not there; NaN before that and after all others. */
export function comparedBy(
  a: number | string | undefined,
  b: number | string | undefined,
  descending: boolean,
): number {
  const rank = (value: typeof a) => (value === undefined ? 2 : Number.isNaN(value) ? 1 : 0);
  if (rank(a) !== rank(b) || rank(a) > 0) return rank(a) - rank(b);
  const order = (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
  return descending ? -order : order;
}
