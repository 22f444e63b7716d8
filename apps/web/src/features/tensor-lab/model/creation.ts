import { Given, itemsOf, shapeAnd } from './arguments.ts';
import { converted, type DType, isFloating, type Num } from './dtypes.ts';
import { cast, cloned, dtypeOfNumber, isPythonNumber } from './elementwise.ts';
import type { Heap } from './heap.ts';
import { PythonError } from './python-error.ts';
import { TorchTensor } from './tensor.ts';
import { type Arguments, typeName, type Value } from './values.ts';

const BYTES: Readonly<Record<DType, number>> = { bool: 1, int32: 4, int64: 8, float32: 4, float64: 8 };

const refuseNegative = (shape: readonly number[]): void => {
  if (shape.some((side) => side < 0))
    throw new PythonError(
      'RuntimeError',
      `Trying to create tensor with negative dimension ${shape.find((side) => side < 0)}: [${shape.join(', ')}]`,
    );
};

function filled(of: string, args: Arguments, value: number): TorchTensor {
  const { shape, given } = shapeAnd(of, args, ['dtype']);
  refuseNegative(shape);
  const dtype = given.dtype('dtype') ?? 'float32';
  return TorchTensor.of(dtype, shape, () => (isFloating(dtype) ? value : BigInt(value)));
}

function empty(args: Arguments, memory: Heap): TorchTensor {
  const { shape, given } = shapeAnd('empty', args, ['dtype']);
  refuseNegative(shape);
  const dtype = given.dtype('dtype') ?? 'float32';
  const size = shape.reduce((product, side) => product * side, 1);
  return TorchTensor.zeros(dtype, shape, size > 1e6 ? undefined : memory.take(size * BYTES[dtype]));
}

function full(args: Arguments): TorchTensor {
  const given = new Given('full', args, ['size', 'fill_value', 'dtype']);
  const shape = given.axes('size') ?? [];
  const value = given.value('fill_value');
  if (!isPythonNumber(value))
    throw new PythonError('TypeError', `full(): argument 'fill_value' must be Number, not ${typeName(value)}`);
  const dtype = given.dtype('dtype') ?? dtypeOfNumber(value);
  const number = typeof value === 'boolean' ? BigInt(value) : value;
  return TorchTensor.of(dtype, shape, () => converted(number, dtype));
}

function arange(args: Arguments): TorchTensor {
  const names =
    args.places.length <= 1 && !args.named.has('start') ? ['end', 'dtype'] : ['start', 'end', 'step', 'dtype'];
  const given = new Given('arange', args, names);
  const [from, to, step] = [
    given.has('start') ? given.number('start') : 0n,
    given.number('end'),
    given.has('step') ? given.number('step') : 1n,
  ];
  if (Number(step) === 0) throw new PythonError('RuntimeError', 'step must be nonzero');
  if ((Number(to) - Number(from)) / Number(step) < 0)
    throw new PythonError('RuntimeError', 'upper bound and lower bound inconsistent with step sign');
  const isWhole = [from, to, step].every((value) => typeof value === 'bigint');
  const dtype = given.dtype('dtype') ?? (isWhole ? 'int64' : 'float32');
  const count = Math.ceil((Number(to) - Number(from)) / Number(step));
  return TorchTensor.of(dtype, [count], (i) =>
    converted(isWhole ? BigInt(from) + BigInt(i) * BigInt(step) : Number(from) + i * Number(step), dtype),
  );
}

function linspace(args: Arguments): TorchTensor {
  const given = new Given('linspace', args, ['start', 'end', 'steps', 'dtype']);
  const [from, to, steps] = [Number(given.number('start')), Number(given.number('end')), given.whole('steps')];
  const dtype = given.dtype('dtype') ?? 'float32';
  const step = (to - from) / Math.max(1, steps - 1);
  // From both ends, as PyTorch has it.
  return TorchTensor.of(dtype, [steps], (i) =>
    converted(i < steps / 2 ? from + step * i : to - step * (steps - 1 - i), dtype),
  );
}

function eye(args: Arguments): TorchTensor {
  const given = new Given('eye', args, ['n', 'm', 'dtype']);
  const n = given.whole('n');
  const m = given.whole('m', n);
  const dtype = given.dtype('dtype') ?? 'float32';
  return TorchTensor.of(dtype, [n, m], (i) => converted(Math.floor(i / m) === i % m ? 1n : 0n, dtype));
}

/** `torch.tensor`: a copy of numbers in lists. */
function tensor(args: Arguments): TorchTensor {
  const given = new Given('tensor', args, ['data', 'dtype']);
  const data = given.value('data');
  const asked = given.dtype('dtype');
  if (data instanceof TorchTensor) return asked ? cast(cloned(data), asked) : cloned(data);
  const shape: number[] = [];
  for (let inner: Value | undefined = data, items = itemsOf(inner); items; items = itemsOf(inner)) {
    shape.push(items.length);
    inner = items[0];
  }
  const numbers = flat(data, shape, 0);
  const kinds = numbers.map(dtypeOfNumber);
  const found =
    (['float32', 'int64'] as const).find((dtype) => kinds.includes(dtype)) ?? (kinds.length > 0 ? 'bool' : 'float32');
  const dtype = asked ?? found;
  return TorchTensor.of(dtype, shape, (i) => converted(numOf(numbers[i] as number), dtype));
}

const numOf = (value: number | bigint | boolean): Num => (typeof value === 'boolean' ? BigInt(value) : value);

function flat(value: Value, shape: readonly number[], depth: number): (number | bigint | boolean)[] {
  const items = itemsOf(value);
  if (!items) {
    const only = value instanceof TorchTensor && value.size === 1 ? value.values()[0] : value;
    if (depth === shape.length && only !== undefined && isPythonNumber(only as Value)) return [only as number];
    const name = typeName(value);
    throw depth < shape.length
      ? new PythonError('TypeError', `'${name}' object is not iterable`)
      : new PythonError('TypeError', `new(): invalid data type '${name}'`);
  }
  if (depth === shape.length) throw new PythonError('TypeError', `not a sequence`);
  if (items.length !== shape[depth])
    throw new PythonError(
      'ValueError',
      `expected sequence of length ${shape[depth]} at dim ${depth} (got ${items.length})`,
    );
  return items.flatMap((item) => flat(item, shape, depth + 1));
}

/** The functions of `torch` that make tensors. */
export const creations = (memory: Heap): Readonly<Record<string, (args: Arguments) => Value>> => ({
  tensor,
  full,
  arange,
  linspace,
  eye,
  zeros: (args) => filled('zeros', args, 0),
  ones: (args) => filled('ones', args, 1),
  empty: (args) => empty(args, memory),
});
