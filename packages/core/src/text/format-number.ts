// How measured numbers are written, on pages and on the command line alike: with significant digits, and with the same
// number of decimals throughout a column. English and Chinese write them the same way, so no language is passed. A
// number that names a thing (a value of a config, a level, a seed) is not a measured number: `writeValue` writes it.
// Why: docs/decisions/0017-numbers-and-names.md.

/** Significant digits of a number on its own, and of the largest in a column. */
const DIGITS = 4;
/** The fewest digits that smaller numbers of a column keep. */
const FEWEST_DIGITS = 2;
/** float32, in which networks are trained, holds about this many digits; more would be noise. */
const MOST_DIGITS = 7;
/** An accuracy of four digits has this many decimals: up to here, zeros at the end are kept. */
const KEPT_DECIMALS = 4;
/** Numbers below the first, and from the second on, are written with a power of ten. */
const [SMALL, LARGE] = [1e-4, 1e9];
/** Longer columns always hold two numbers that are close: then digits that tell all apart are not sought. */
const MOST_TOLD_APART = 50;

/** Writes one number of a column; `-` where there is none. */
export type NumberFormat = (value: number | null | undefined) => string;

type Maybe = number | null | undefined;

/**
 * How the numbers of a column are written so that their decimals line up: the largest has four significant digits,
 * smaller ones have at least two, and different numbers are told apart where seven digits can. Whole numbers are
 * written as such. The format also takes numbers outside of the column, with more decimals where they would lose too
 * much.
 * @param apart the numbers to tell apart, where these are not all
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

/** A number on its own: `0.9419`, `503`, `0.0005`, `12346`, `1.2e-12`, `NaN`, `-∞`; `-` where there is none. */
export const formatNumber: NumberFormat = (value) => numberFormat([value])(value);

const finiteOf = (values: Iterable<Maybe>): number[] =>
  [...values].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));

const isSpelledOut = (value: number): boolean => value === 0 || (Math.abs(value) >= SMALL && Math.abs(value) < LARGE);

/** Removes the minus of -0 and of what is rounded to 0. */
const fixed = (value: number, decimals: number): string => value.toFixed(decimals).replace(/^-(0(?:\.0*)?)$/, '$1');
const power = (value: number, decimals: number): string => value.toExponential(decimals).replace('e+', 'e');

const exponentOf = (value: number): number => Number(value.toExponential().split('e')[1]);
const decimalsFor = (value: number, digits: number): number => Math.max(0, digits - 1 - exponentOf(value));
const ownDecimals = (value: number): number =>
  Math.max(Math.min(KEPT_DECIMALS, decimalsFor(value, DIGITS)), decimalsFor(value, FEWEST_DIGITS));

/** How many decimals numbers have that are written without a power of ten. */
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

/** How many decimals precede the power of ten. */
function mantissaOf(column: readonly number[], apart: readonly number[]): number {
  const decimals = tellingApart(apart, DIGITS - 1, MOST_DIGITS - 1, power);
  return column.reduce((least, value) => Math.max(least, trimmed(value, decimals, least, power)), 0);
}

type Write = (value: number, decimals: number) => string;

/** The fewest decimals, at least `from`, that tell apart what `most` decimals tell apart. */
function tellingApart(values: readonly number[], from: number, most: number, write: Write): number {
  const distinct = [...new Set(values)];
  if (distinct.length > MOST_TOLD_APART) return from;
  const told = (decimals: number) => new Set(distinct.map((value) => write(value, decimals))).size;
  const wanted = told(most);
  let decimals = from;
  while (decimals < most && told(decimals) < wanted) decimals += 1;
  return decimals;
}

/** How many decimals a number has without zeros at its end; at least `least`. */
function trimmed(value: number, decimals: number, least: number, write: Write): number {
  const [digits = ''] = write(value, decimals).split('e');
  const zeros = decimals > 0 ? (/0*$/.exec(digits)?.[0].length ?? 0) : 0;
  return Math.max(Math.min(least, decimals), decimals - Math.min(zeros, decimals));
}
