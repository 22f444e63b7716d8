const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Whether `text` is a decimal number such as 1, -1.5, .5 or 1e-3. */
export const isDecimal = (text: string): boolean => DECIMAL.test(text);

/** A text as an error shows it: quoted, without control characters, not too long. */
export const quote = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/**
 * The number that a feature's text is: a finite decimal one that single precision reaches.
 * @returns the number; where the text is none, or a whole number that double precision cannot tell from its neighbours,
 *   why not and what to do
 */
export function parseFeature(text: string): number | string {
  if (!isDecimal(text)) return whyNotDecimal(text);
  const value = Number(text);
  if (!Number.isFinite(Math.fround(value))) {
    return `${quote(text)} is larger than single precision holds (3.4e38); give the column in another unit`;
  }
  if (isWhole(text) && !keepsDigits(text, value)) {
    return `${quote(text)} has more digits than double precision holds and would be read as ${value}; leave the column out of the file, or subtract the same number from all of it`;
  }
  return value;
}

/** Every double of normal size tells decimals of so many digits apart. */
const SAFE_DIGITS = 15;
const LEAST_NORMAL = 2 ** -1022;
/** The most digits that a number is printed with. */
const MOST_DIGITS = 100;

/** Whether the double nearest to a decimal text has the digits that the text has. */
export function keepsDigits(text: string, value: number): boolean {
  if (text.length <= SAFE_DIGITS && Math.abs(value) >= LEAST_NORMAL) return true;
  const digits = digitsOf(text).slice(0, MOST_DIGITS);
  return digits === '' || digitsOf(value.toPrecision(digits.length)) === digits;
}

/** The digits of a number from its first to its last one that is not 0. */
const digitsOf = (text: string): string =>
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '');

/** Whether a decimal text is a whole number: an identifier, or a count, of which every digit counts. */
function isWhole(text: string): boolean {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const fraction = mantissa.split('.')[1]?.replace(/0+$/, '') ?? '';
  return Number(exponent) >= fraction.length;
}

const FAULTS: readonly (readonly [RegExp, (text: string) => string])[] = [
  [/^$/, () => 'the value is missing; fill it in, or leave the row out'],
  [/^[+-]?nan$/i, () => 'NaN is no finite number; fill in a value, or leave the row out'],
  [/^(\?|n\/?a|null|none)$/i, (text) => `${text} stands for a missing value; fill one in, or leave the row out`],
  [/^[+-]?inf(inity)?$/i, (text) => `${text} is no finite number; fill in a value, or leave the row out`],
  [/^[+-]?0x[\da-f]+$/i, (text) => `${quote(text)} is hexadecimal; write it as a decimal number`],
  [
    /^[+-]?\d{1,3}([,' _\u00a0\u202f]\d{3})+(\.\d+)?$/,
    (text) => `${quote(text)} has thousands separators; write ${text.replaceAll(/[,' _\u00a0\u202f]/g, '')}`,
  ],
  [
    /^[+-]?\d*,\d+(e[+-]?\d+)?$/i,
    (text) => `${quote(text)} has a decimal comma; write ${text.replace(',', '.')}, with a point`,
  ],
  [/;/, (text) => `expected a number, got ${quote(text)}; fields are separated by commas here, not by semicolons`],
];

/** Whether a text stands where a number is missing. */
export const isMissing = (text: string): boolean => /^(|\?|[+-]?nan|n\/?a|null|none|[+-]?inf(inity)?)$/i.test(text);

function whyNotDecimal(text: string): string {
  const fault = FAULTS.find(([pattern]) => pattern.test(text));
  if (fault) return fault[1](text);
  return `expected a number, got ${quote(text)}; mend it, leave the column out of the file, or name it with data.label where it holds the classes`;
}
