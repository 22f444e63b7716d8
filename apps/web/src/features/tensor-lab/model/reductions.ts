import { ABOUT, converted, type DType, isFloating, type Num } from './dtypes.ts';
import { PythonError } from './python-error.ts';
import { axisOf } from './shapes.ts';
import { TorchTensor } from './tensor.ts';

/** What is reduced: all numbers, or those along some axes. */
export interface Along {
  readonly axes: readonly number[] | null;
  readonly keep: boolean;
}

/** The numbers that come together in each number of the result. */
function groupsOf(tensor: TorchTensor, { axes, keep }: Along) {
  const gone = new Set(axes === null ? tensor.shape.keys() : axes.map((axis) => axisOf(axis, tensor.rank)));
  const others = [...tensor.shape.keys()].filter((axis) => !gone.has(axis));
  const inside = [...gone].sort((a, b) => a - b);
  const sub = (kept: readonly number[], offset: number) =>
    tensor.view(
      kept.map((axis) => tensor.shape[axis] as number),
      kept.map((axis) => tensor.strides[axis] as number),
      offset,
    );
  const groups = Array.from(sub(others, tensor.offset).places(), (offset) =>
    Array.from(sub(inside, offset).places(), (place) => tensor.read(place)),
  );
  const shape = keep
    ? tensor.shape.map((side, axis) => (gone.has(axis) ? 1 : side))
    : others.map((axis) => tensor.shape[axis] as number);
  return { groups, shape };
}

function reduced(tensor: TorchTensor, along: Along, dtype: DType, of: (values: readonly Num[]) => Num): TorchTensor {
  const { groups, shape } = groupsOf(tensor, along);
  return TorchTensor.of(dtype, shape, (i) => converted(of(groups[i] as Num[]), dtype));
}

const total = (values: readonly Num[]): number => values.reduce<number>((sum, value) => sum + Number(value), 0);
const exactTotal = (values: readonly Num[]): bigint => values.reduce<bigint>((sum, value) => sum + BigInt(value), 0n);

export const sum = (tensor: TorchTensor, along: Along): TorchTensor =>
  isFloating(tensor.dtype) ? reduced(tensor, along, tensor.dtype, total) : reduced(tensor, along, 'int64', exactTotal);

export const product = (tensor: TorchTensor, along: Along): TorchTensor =>
  isFloating(tensor.dtype)
    ? reduced(tensor, along, tensor.dtype, (values) => values.reduce<number>((a, b) => a * Number(b), 1))
    : reduced(tensor, along, 'int64', (values) => values.reduce<bigint>((a, b) => a * BigInt(b), 1n));

export function mean(tensor: TorchTensor, along: Along): TorchTensor {
  if (!isFloating(tensor.dtype))
    throw new PythonError(
      'NotImplementedError',
      `mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${ABOUT[tensor.dtype].title}`,
      { en: 'Cast it first: x.float().mean()', zh: '先转换：x.float().mean()' },
    );
  return reduced(tensor, along, tensor.dtype, (values) => total(values) / values.length);
}

/** With n - 1 below, as PyTorch has it. */
export function variance(tensor: TorchTensor, along: Along, root: boolean): TorchTensor {
  if (!isFloating(tensor.dtype))
    throw new PythonError('NotImplementedError', 'std and var only support floating point and complex dtypes');
  return reduced(tensor, along, tensor.dtype, (values) => {
    const middle = total(values) / values.length;
    const spread = values.reduce<number>((sum, value) => sum + (Number(value) - middle) ** 2, 0) / (values.length - 1);
    return root ? Math.sqrt(spread) : spread;
  });
}

/** Where the least or the greatest stands; NaN is both, as in PyTorch. */
function extreme(values: readonly Num[], sign: 1 | -1): number {
  let best = 0;
  for (const [i, value] of values.entries()) {
    const now = values[best] as Num;
    if (Number.isNaN(now)) break;
    if (Number.isNaN(value) || (sign === 1 ? value > now : value < now)) best = i;
  }
  return best;
}

export const extremeValue = (tensor: TorchTensor, along: Along, sign: 1 | -1): TorchTensor =>
  reduced(tensor, along, tensor.dtype, (values) => values[extreme(values, sign)] as Num);

export const extremePlace = (tensor: TorchTensor, along: Along, sign: 1 | -1): TorchTensor =>
  reduced(tensor, along, 'int64', (values) => BigInt(extreme(values, sign)));

const isTrue = (value: Num): boolean => value !== 0 && value !== 0n;
export const any = (tensor: TorchTensor, along: Along): TorchTensor =>
  reduced(tensor, along, 'bool', (values) => (values.some(isTrue) ? 1n : 0n));
export const every = (tensor: TorchTensor, along: Along): TorchTensor =>
  reduced(tensor, along, 'bool', (values) => (values.every(isTrue) ? 1n : 0n));
