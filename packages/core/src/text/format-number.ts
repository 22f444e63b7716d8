// How measured numbers are written, on pages and on the command line alike: by significant digits, and in a column by the
// same number of decimals. English and Chinese write such a number in the same way, so no language is asked. What
// names a thing (a value of a config, a level, a seed) is no measured number and is written by `writeValue`. Why: docs/decisions/0017-numbers-and-names.md.

/** Significant digits of a number that stands alone, and of the largest of a column. */
const DIGITS = 4;
/** Digits that the smaller numbers of a column keep at least. */
const FEWEST_DIGITS = 2;
/** float32, in which networks are trained, holds about as many; more would be noise. */
const MOST_DIGITS = 7;
/** As many decimals as an accuracy of four digits has: decimals up to here are kept where they are 0. */
const KEPT_DECIMALS = 4;
/** Numbers below and from on are written with a power of ten. */
const [SMALL, LARGE] = [1e-4, 1e9];
/** In longer columns there are always two numbers that lie close together. */
const MOST_TOLD_APART = 50;

/** Writes one number of a column; `-` where there is none. */
export type NumberFormat = (value: number | null | undefined) => string;

type Maybe = number | null | undefined;

/**
 * How the numbers of a column are written, so that their decimals line up: the largest has four significant digits, smaller
 * ones at least two, and different ones differ where seven digits can tell them apart. Whole numbers are written as such.
 * A number that is not of the column may be written too; it has more decimals than the others where it would lose too much.
 * @param apart the numbers that are to be told apart, where that is not all of them
 */
export function numberFormat(values: Iterable<Maybe>, apart?: Iterable<Maybe>): NumberFormat {
  const column = finiteOf(values);
  const compared = apart === undefined ? column : finiteOf(apart);
  const decimals = decimalsOf(column.filter(isSpelledOut), compared.filter(isSpelledOut));
  const powers = column.filter((value) => !isSpelledOut(value));
  const mantissa = mantissaOf(
    powers,
    compared.filter((value) => !isSpelledOut(value)),
  );
  return (value) => {
    if (value === null || value === undefined) return '-';
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
    if (value === 0) return fixed(0, decimals);
    if (!isSpelledOut(value)) return power(value, Math.max(mantissa, trimmed(value, FEWEST_DIGITS - 1, 0, power)));
    if (Number.isInteger(value)) return fixed(value, decimals);
    const own = decimals === 0 ? ownDecimals(value) : decimalsFor(value, FEWEST_DIGITS);
    return fixed(value, Math.max(decimals, trimmed(value, own, decimals || KEPT_DECIMALS, fixed)));
  };
}

/** A number that stands alone: `0.9419`, `503`, `0.0005`, `12346`, `1.2e-12`, `NaN`, `-∞`; `-` where there is none. */
export const formatNumber: NumberFormat = (value) => numberFormat([value])(value);

const finiteOf = (values: Iterable<Maybe>): number[] =>
  [...values].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));

const isSpelledOut = (value: number): boolean => value === 0 || (Math.abs(value) >= SMALL && Math.abs(value) < LARGE);

/** -0 has no sign, and neither has what is rounded to 0. */
const fixed = (value: number, decimals: number): string => value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1');
const power = (value: number, decimals: number): string => value.toExponential(decimals).replace('e+', 'e');

const exponentOf = (value: number): number => Number(value.toExponential().split('e')[1]);
const decimalsFor = (value: number, digits: number): number => Math.max(0, digits - 1 - exponentOf(value));
const ownDecimals = (value: number): number =>
  Math.max(Math.min(KEPT_DECIMALS, decimalsFor(value, DIGITS)), decimalsFor(value, FEWEST_DIGITS));

/** The decimals of numbers that are spelled out. */
function decimalsOf(column: readonly number[], apart: readonly number[]): number {
  if (column.every(Number.isInteger)) return 0;
  const largest = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let decimals = decimalsFor(largest, DIGITS);
  for (const value of column) if (!Number.isInteger(value)) decimals = Math.max(decimals, ownDecimals(value));
  const most = decimalsFor(largest, MOST_DIGITS);
  decimals = tellingApart(apart, Math.min(decimals, most), most, fixed);
  return column.reduce(
    (least, value) => Math.max(least, trimmed(value, decimals, least, fixed)),
    Math.min(decimals, KEPT_DECIMALS),
  );
}

/** The decimals before the power of ten. */
function mantissaOf(column: readonly number[], apart: readonly number[]): number {
  const decimals = tellingApart(apart, DIGITS - 1, MOST_DIGITS - 1, power);
  return column.reduce((least, value) => Math.max(least, trimmed(value, decimals, least, power)), 0);
}

type Write = (value: number, decimals: number) => string;

/** As few decimals, `from` at least, as tell apart what `most` decimals do. */
function tellingApart(values: readonly number[], from: number, most: number, write: Write): number {
  const distinct = [...new Set(values)];
  if (distinct.length > MOST_TOLD_APART) return from;
  const told = (decimals: number) => new Set(distinct.map((value) => write(value, decimals))).size;
  const wanted = told(most);
  let decimals = from;
  while (decimals < most && told(decimals) < wanted) decimals += 1;
  return decimals;
}

/** The decimals of a number without the zeros at its end, `least` at least. */
function trimmed(value: number, decimals: number, least: number, write: Write): number {
  const [digits = ''] = write(value, decimals).split('e');
  const zeros = decimals > 0 ? (/0*$/.exec(digits)?.[0].length ?? 0) : 0;
  return Math.max(Math.min(least, decimals), decimals - Math.min(zeros, decimals));
}
