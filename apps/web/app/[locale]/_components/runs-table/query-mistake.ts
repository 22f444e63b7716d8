/** Where a query is wrong, and why. The ends are positions in its text. */
export interface QueryMistake {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a query; null where nothing is. */
export function mistakeIn(parseQuery: (text: string) => unknown, text: string): QueryMistake | null {
  try {
    parseQuery(text);
    return null;
  } catch (error) {
    const { message, start, end } = error as QueryMistake;
    if (typeof start !== 'number') throw error;
    return { message, start, end };
  }
}
