import { AsWritten } from './params.ts';

const WORDS: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};
/** A JSON string, a word that JSON lacks, or an integer that a double might not hold. */
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|(?<![\d.eE+])-?\d{16,}(?![\d.eE])/g;

/** Reads JSON as Python, Go and JavaScript programs write it, with words for NaN and infinities. @throws SyntaxError */
export const parsePythonJson = (text: string): unknown => parse(text, /NaN|Infinity/, Number);

/** The same, keeping long integers as {@link AsWritten}. @throws SyntaxError */
export const parseDigits = (text: string): unknown =>
  parse(text, /NaN|Infinity|\d{16}/, (digits) => new AsWritten(digits));

function parse(text: string, strange: RegExp, wholeOf: (digits: string) => unknown): unknown {
  if (!strange.test(text)) return JSON.parse(text);
  // A word is replaced by a text that does not occur, and after parsing by its value.
  let mark = '\u0000';
  while (text.includes(JSON.stringify(mark).slice(1, -1))) mark += '\u0000';
  const marked = text.replace(TEXT_OR_WORD, (found) => (found.startsWith('"') ? found : JSON.stringify(mark + found)));
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    const found = value.slice(mark.length);
    return found in WORDS ? WORDS[found] : wholeOf(found);
  });
}
