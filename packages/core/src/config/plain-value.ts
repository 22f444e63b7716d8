/** A number as people write one: JSON's, `.1`, `1.` and `+1`. */
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** A value as JSON reads it, a number or a truth as people write it, and else the text itself. */
export function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value === 0 ? 0 : value; // -0 is 0
  } catch {
    if (NUMBER.test(text)) return Number(text) + 0;
    return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
  }
}

/**
 * How a text that was to be a number is written here: `1_000` as 1000, a full-width comma between two as a plain one; null
 * where no number can be seen in it.
 */
export function plainNumbers(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[_\s']/g, '')
    .replace(/、/g, ',');
  return plain !== text && plain.split(',').every((part) => NUMBER.test(part)) ? plain : null;
}
