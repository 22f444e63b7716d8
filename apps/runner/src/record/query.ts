import { ConfigError, type Expression, joinTexts, QueryError, sameText } from '@whorl/core';

const WIDTH = 72;

/**
 * Parses the value of `--query`.
 * @throws ConfigError whose message marks the place of the mistake by carets below the query
 */
export async function readQuery(text: string): Promise<Expression | null> {
  const { parseQuery } = await import('@whorl/core/query');
  try {
    return parseQuery(text);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const place = sameText(`\n${pointAt(text, error.start, error.end)}`);
    throw new ConfigError('--query', joinTexts([error.said, place], sameText('')));
  }
}

/** The part of a text around a place, on one line, and carets below the place. */
export function pointAt(text: string, start: number, end: number): string {
  // Tabs, line breaks and marks that change the writing direction would shift the carets.
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) => ' '.repeat(mark.length));
  const from = Math.max(0, Math.min(start - WIDTH / 2, line.length - WIDTH));
  const carets = '^'.repeat(Math.max(1, Math.min(end, from + WIDTH) - start));
  return `  ${line.slice(from, from + WIDTH)}\n  ${' '.repeat(start - from)}${carets}`;
}
