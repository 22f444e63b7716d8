import { ABOUT, converted, type DType, isFloating, type Num, promoted } from './dtypes.ts';
import { PythonError } from './python-error.ts';
import type { Binary, ComparisonSign } from './syntax.ts';
import { operandOf, TorchTensor } from './tensor.ts';

/** A number of Python as a tensor without axes that lends its category alone. */
export type Operand = TorchTensor | number | bigint | boolean;

export const isPythonNumber = (value: unknown): value is number | bigint | boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';

export const dtypeOfNumber = (value: number | bigint | boolean): DType =>
  typeof value === 'number' ? 'float32' : typeof value === 'bigint' ? 'int64' : 'bool';

const numOf = (value: number | bigint | boolean): Num => (typeof value === 'boolean' ? BigInt(value) : value);

const sideOf = (operand: Operand) =>
  operand instanceof TorchTensor ? operandOf(operand) : { dtype: dtypeOfNumber(operand), rank: 'python' as const };

const shapeOf = (operand: Operand): readonly number[] => (operand instanceof TorchTensor ? operand.shape : []);

/** The shape that two shapes make: lined up from the last axis, equal or 1. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [left, right] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (left !== right && left !== 1 && right !== 1)
      throw new PythonError(
        'RuntimeError',
        `The size of tensor a (${left}) must match the size of tensor b (${right}) at non-singleton dimension ${axis}`,
        {
          en: 'Shapes line up from the last axis; two sizes fit where they are equal or one of them is 1.',
          zh: '形状从最后一个轴对齐；两个长度相等，或其中一个为 1，才能匹配。',
        },
      );
    return left === 1 ? right : left;
  });
}

/** A tensor read as a larger one: along axes of 1, and along those that it has not, it stays where it is. */
export function expandedTo(tensor: TorchTensor, shape: readonly number[]): TorchTensor {
  const missing = shape.length - tensor.rank;
  const strides = shape.map((side, axis) => {
    const own = tensor.shape[axis - missing];
    return own === undefined || (own === 1 && side !== 1) ? 0 : (tensor.strides[axis - missing] as number);
  });
  return tensor.view(shape, strides);
}

/** The numbers of an operand in the order of a shape. */
function readerOf(operand: Operand, shape: readonly number[]): (i: number) => Num {
  if (!(operand instanceof TorchTensor)) {
    const value = numOf(operand);
    return () => value;
  }
  const tensor = expandedTo(operand, shape);
  const places = tensor.places();
  return (i) => tensor.read(places[i] as number);
}

/** A function of two numbers for each pair of numbers. @param within the dtype in which it is computed */
function paired(a: Operand, b: Operand, within: DType, to: DType, of: (a: Num, b: Num) => Num): TorchTensor {
  const shape = broadcastShape(shapeOf(a), shapeOf(b));
  const [left, right] = [readerOf(a, shape), readerOf(b, shape)];
  return TorchTensor.of(to, shape, (i) => converted(of(converted(left(i), within), converted(right(i), within)), to));
}

const floored = (a: number, b: number): number => a - b * Math.floor(a / b);
function flooredWhole(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

const FLOATS: Readonly<Record<Exclude<Binary, '@'>, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': floored,
  '**': (a, b) => a ** b,
};

const zeroDivision = () => new PythonError('RuntimeError', 'ZeroDivisionError');
const WHOLES: Readonly<Record<Exclude<Binary, '@' | '/'>, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '//': (a, b) => {
    if (b === 0n) throw zeroDivision();
    return (a - flooredWhole(a, b)) / b;
  },
  '%': (a, b) => {
    if (b === 0n) throw zeroDivision();
    return flooredWhole(a, b);
  },
  '**': (a, b) => {
    if (b < 0n) throw new PythonError('RuntimeError', 'Integers to negative integer powers are not allowed.');
    return a ** b;
  },
};

/** An operation of arithmetic, with the dtype that PyTorch gives it. */
export function arithmetic(operator: Exclude<Binary, '@'>, a: Operand, b: Operand): TorchTensor {
  const common = promoted(sideOf(a), sideOf(b));
  if (common === 'bool' && operator === '-')
    throw new PythonError(
      'RuntimeError',
      'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.',
    );
  if (operator === '/' || isFloating(common)) {
    const dtype = isFloating(common) ? common : 'float32';
    const of = FLOATS[operator];
    return paired(a, b, dtype, dtype, (x, y) => of(x as number, y as number));
  }
  const of = WHOLES[operator];
  return paired(a, b, common, common, (x, y) => of(BigInt(x), BigInt(y)));
}

const COMPARE: Readonly<Record<ComparisonSign, (a: Num, b: Num) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function compared(operator: ComparisonSign, a: Operand, b: Operand): TorchTensor {
  const common = promoted(sideOf(a), sideOf(b));
  return paired(a, b, common, 'bool', (x, y) => (COMPARE[operator](x, y) ? 1n : 0n));
}

/** Writes what an operation gives into a tensor; its dtype and shape stay. */
export function written(into: TorchTensor, value: Operand, operation: string): TorchTensor {
  const { dtype } = sideOf(value);
  if (operation !== 'copy' && ABOUT[promoted(sideOf(into), sideOf(value))].category > ABOUT[into.dtype].category)
    throw new PythonError(
      'RuntimeError',
      `result type ${ABOUT[dtype].title} can't be cast to the desired output type ${ABOUT[into.dtype].title}`,
    );
  const read = readerOf(value, into.shape);
  for (const [i, place] of into.places().entries()) into.write(place, converted(read(i), into.dtype));
  return into;
}

/** A function of each number, in floats. */
export const mapped = (tensor: TorchTensor, of: (value: number) => number): TorchTensor => {
  const dtype = isFloating(tensor.dtype) ? tensor.dtype : 'float32';
  const values = tensor.values();
  return TorchTensor.of(dtype, tensor.shape, (i) => converted(of(Number(values[i] as Num)), dtype));
};

/** The same numbers in another dtype; the same tensor where it has it. */
export function cast(tensor: TorchTensor, dtype: DType): TorchTensor {
  if (tensor.dtype === dtype) return tensor;
  const values = tensor.values();
  return TorchTensor.of(dtype, tensor.shape, (i) => converted(values[i] as Num, dtype));
}

/** The same numbers in memory of their own, one after the other. */
export function cloned(tensor: TorchTensor): TorchTensor {
  const values = tensor.values();
  return TorchTensor.of(tensor.dtype, tensor.shape, (i) => values[i] as Num);
}
