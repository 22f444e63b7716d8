/** A number as people write it: as in JSON, and also `.1`, `1.` and `+1`. */
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** A value as JSON reads it, a number or a boolean as people write it, and otherwise the text itself. */
export function parseValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value === 0 ? 0 : value; // -0 becomes 0
  } catch {
    if (NUMBER.test(text)) return Number(text) + 0;
    return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
  }
}

/**
 * How to write a text that was meant as a number: `1_000` as 1000, a full-width comma between two numbers as a plain
 * one. Null where no number can be recognised in it.
 */
export function plainNumbers(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[_\s']/g, '')
    .replace(/、/g, ',');
  return plain !== text && plain.split(',').every((part) => NUMBER.test(part)) ? plain : null;
}
