import type { Text } from '@whorl/core';

/** Where a query is wrong, and why, in each language. The ends are positions in its text. */
export interface QueryMistake {
  readonly said: Text;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a query; null where nothing is. */
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
