import { foldText } from '@whorl/core';

/** A longer text finds nothing. */
export const LONGEST_SEARCH = 200;

/** Whether a metric matches a search: each word occurs in its name or its key. */
export function matchesMetric(text: string, ...names: readonly string[]): boolean {
  const all = foldText(names.join(' '));
  return foldText(text)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
