import type { Text } from '@whorl/core';

/** A mistake in a query, in each language. `start` and `end` are positions in its text. */
export interface QueryMistake {
  readonly said: Text;
  readonly start: number;
  readonly end: number;
}

/** The mistake in a query; null where there is none. */
export function mistakeIn(parseQuery: (text: string) => unknown, text: string): QueryMistake | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    const { said, start, end } = error as QueryMistake;
    if (typeof start !== 'number') throw error;
    return { said, start, end };
  }
}
