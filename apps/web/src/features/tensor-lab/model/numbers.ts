import { PythonError } from './python-error.ts';
import type { Binary, ComparisonSign } from './syntax.ts';
import { shownValue, typeName, type Value } from './values.ts';

type Scalar = number | bigint | boolean;

/** Arithmetic of Python's own numbers: whole ones stay whole, but for `/`. */
export function pythonArithmetic(operator: Binary, a: Scalar, b: Scalar): number | bigint {
  const [x, y] = [a, b].map((value) => (typeof value === 'boolean' ? BigInt(value) : value)) as [number, number];
  if (operator === '@')
    throw new PythonError('TypeError', `unsupported operand type(s) for @: '${typeName(a)}' and '${typeName(b)}'`);
  const isWhole = typeof x === 'bigint' && typeof y === 'bigint' && operator !== '/' && !(operator === '**' && y < 0n);
  if (['/', '//', '%'].includes(operator) && Number(y) === 0)
    throw new PythonError('ZeroDivisionError', operator === '/' ? 'division by zero' : 'integer modulo by zero');
  return isWhole ? whole(operator, x, y) : floating(operator, Number(x), Number(y));
}

function whole(operator: Exclude<Binary, '@'>, a: bigint, b: bigint): bigint {
  const rest = () => (a % b !== 0n && a < 0n !== b < 0n ? (a % b) + b : a % b);
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '%':
      return rest();
    case '**':
      if (b > 4096n) throw new PythonError('OverflowError', 'the power is too large for this page');
      return a ** b;
    default:
      return (a - rest()) / b;
  }
}

function floating(operator: Exclude<Binary, '@'>, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - b * Math.floor(a / b);
    default:
      return a ** b;
  }
}

export function comparedNumbers(operator: ComparisonSign, a: Value, b: Value): boolean {
  if (operator === '==' || operator === '!=') return (sameValue(a, b) === true) === (operator === '==');
  const isOrdered = (value: Value) => ['number', 'bigint', 'boolean'].includes(typeof value);
  if (!isOrdered(a) || !isOrdered(b))
    throw new PythonError(
      'TypeError',
      `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  const [x, y] = [a, b] as [number, number];
  return { '<': x < y, '<=': x <= y, '>': x > y, '>=': x >= y }[operator];
}

function sameValue(a: Value, b: Value): boolean {
  const isScalar = (value: Value) => value === null || typeof value !== 'object';
  // A whole number and a float of the same size are equal in Python; what stands in lists is compared as it is written.
  // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1
  return isScalar(a) || isScalar(b) ? a == b : shownValue(a) === shownValue(b);
}
