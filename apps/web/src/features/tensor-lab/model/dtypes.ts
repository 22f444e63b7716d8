// The dtypes of this page, and which of them two make together.

export const DTYPES = ['bool', 'int32', 'int64', 'float32', 'float64'] as const;
export type DType = (typeof DTYPES)[number];

/** A number of a tensor: of floats a number, of whole numbers and bools a bigint. */
export type Num = number | bigint;

interface About {
  /** As PyTorch says it in errors about operands, and in errors about kinds of tensors. */
  readonly word: string;
  readonly title: string;
  /** bool, whole, floating: the higher one wins. */
  readonly category: 0 | 1 | 2;
}

export const ABOUT: Readonly<Record<DType, About>> = {
  bool: { word: 'bool', title: 'Bool', category: 0 },
  int32: { word: 'int', title: 'Int', category: 1 },
  int64: { word: 'long int', title: 'Long', category: 1 },
  float32: { word: 'float', title: 'Float', category: 2 },
  float64: { word: 'double', title: 'Double', category: 2 },
};

export const isFloating = (dtype: DType): boolean => ABOUT[dtype].category === 2;

/** Names that PyTorch has besides. */
export const DTYPE_NAMES: Readonly<Record<string, DType>> = {
  float: 'float32',
  double: 'float64',
  long: 'int64',
  int: 'int32',
};

/** An operand: what kind of number it has, and whether it is a tensor with axes, one without, or a number of Python. */
export interface DTypeOperand {
  readonly dtype: DType;
  readonly rank: 'axes' | 'none' | 'python';
}

/** The dtype that an operation on both gives: numbers of Python and tensors without axes only lend their category. */
export function promoted(a: DTypeOperand, b: DTypeOperand): DType {
  const order = ['python', 'none', 'axes'] as const;
  const [first, second] = order.indexOf(a.rank) >= order.indexOf(b.rank) ? [a, b] : [b, a];
  if (first.rank === second.rank) return wider(first.dtype, second.dtype);
  if (ABOUT[second.dtype].category <= ABOUT[first.dtype].category) return first.dtype;
  return second.rank === 'python' && isFloating(second.dtype) ? 'float32' : second.dtype;
}

const wider = (a: DType, b: DType): DType => (DTYPES.indexOf(a) >= DTYPES.indexOf(b) ? a : b);

/** A number as one of this dtype: floats are cut to whole numbers, what is not 0 is true. */
export function converted(value: Num, dtype: DType): Num {
  if (dtype === 'bool') return value === 0 || value === 0n ? 0n : 1n;
  if (isFloating(dtype)) return dtype === 'float32' ? Math.fround(Number(value)) : Number(value);
  const whole = typeof value === 'bigint' ? value : wholeOf(value);
  return dtype === 'int32' ? BigInt.asIntN(32, whole) : BigInt.asIntN(64, whole);
}

/** What PyTorch makes of NaN and infinities on a PC: the least of all. */
const LEAST = -(2n ** 63n);
const wholeOf = (value: number): bigint => (Number.isFinite(value) ? BigInt(Math.trunc(value)) : LEAST);
