const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether `text` is a decimal number such as 1, -1.5, .5 or 1e-3. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** A text as an error shows it: quoted, without control characters, not too long. */
export const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * The number that a feature's text is: a finite decimal one that single precision holds.
 * @returns the number; where the text is none, why not and what to do
 */
export function parseFeature(text: string): number | string {
  if (!isDecimal(text)) return whyNotDecimal(text);
  const value = Number(text);
  if (Number.isFinite(Math.fround(value))) return value;
  return `${quote(text)} is larger than single precision holds (3.4e38); give the column in another unit`;
}

const FAULTS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^$/, () => 'the value is missing; fill it in, or leave the row out'],
  [/^[+-]?nan$/i, () => 'NaN is no finite number; fill in a value, or leave the row out'],
  [/^[+-]?inf(inity)?$/i, (text) => `${text} is no finite number; fill in a value, or leave the row out`],
  [/^[+-]?0x[\da-f]+$/i, (text) => `${quote(text)} is hexadecimal; write it as a decimal number`],
  [
    /^[+-]?\d{1,3}([,' _]\d{3})+(\.\d+)?$/,
    (text) => `${quote(text)} has thousands separators; write ${text.replaceAll(/[,' _]/g, '')}`,
  ],
  [
    /^[+-]?\d*,\d+(e[+-]?\d+)?$/i,
    (text) => `${quote(text)} has a decimal comma; write ${text.replace(',', '.')}, with a point`,
  ],
  [/;/, (text) => `expected a number, got ${quote(text)}; fields are separated by commas here, not by semicolons`],
];

function whyNotDecimal(text: string): string {
  const fault = FAULTS.find(([pattern]) => pattern.test(text));
  if (fault) return fault[1](text);
  return `expected a number, got ${quote(text)}; mend it, leave the column out of the file, or name it with data.label where it holds the classes`;
}
