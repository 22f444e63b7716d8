// Numbers as Python writes them: of two that are equally near the even one, an exponent of two digits.

/** More decimals than any float that lies between two of four has. */
const EXACT = 60;

/** Like `f"{value:.{digits}f}"`. */
export function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return sign + BigInt(size).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  const rounded = size.toFixed(digits);
  const [, decimals = ''] = size.toFixed(EXACT).split('.');
  const isTie = /^50*$/.test(decimals.slice(digits));
  const lastDigit = Number(rounded.at(-1));
  // JavaScript rounds a tie up.
  if (!isTie || lastDigit % 2 === 0) return sign + rounded;
  const down = (size - 10 ** -digits / 4).toFixed(digits);
  return sign + down;
}

/** Like `f"{value:.{digits}e}"`. */
export function scientific(value: number, digits: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  const [mantissa = '', exponent = '+0'] = value.toExponential(digits).split('e');
  const power = exponent.slice(1);
  return `${Object.is(value, -0) ? '-' : ''}${mantissa}e${exponent[0]}${power.padStart(2, '0')}`;
}

/** Like `repr` of a float of Python: as few digits as tell it apart. */
export function shortest(value: number): string {
  if (!Number.isFinite(value)) return fixed(value, 0);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}
