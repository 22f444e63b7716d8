/**
 * A recorded number in the form in which a sentence states one: with as many decimals, as per cent, or as a power of ten
 * (`10^-6`, of which `value` is the exponent).
 */
export function asWritten(written: string, value: number): string {
  if (written.startsWith('10^')) return `10^${fixed(value, decimalsOf(written.slice(3)))}`;
  if (written.endsWith('%')) return `${fixed(100 * value, decimalsOf(written))}%`;
  return fixed(value, decimalsOf(written));
}

/** The exponent of a power of ten as it is written; null for other numbers. */
export const exponentOf = (text: string): string | null => /^10\^(.+)$/.exec(text)?.[1] ?? null;

const decimalsOf = (written: string): number => /\.(\d+)/.exec(written)?.[1]?.length ?? 0;

/** With the minus sign of a text, and none before a 0. */
const fixed = (value: number, decimals: number): string =>
  value
    .toFixed(decimals)
    .replace(/^-(0(?:\.0*)?)$/, '$1')
    .replace('-', '−');
