import { Given, shapeAnd } from './arguments.ts';
import { DTYPE_NAMES, DTYPES, type DType, type Num } from './dtypes.ts';
import { arithmetic, cast, cloned, compared, isPythonNumber, mapped, type Operand, written } from './elementwise.ts';
import { matrixProduct } from './matmul.ts';
import { PythonError } from './python-error.ts';
import * as reductions from './reductions.ts';
import * as shapes from './shapes.ts';
import type { Binary } from './syntax.ts';
import { TorchTensor } from './tensor.ts';
import { type Arguments, Tuple, typeName, type Value } from './values.ts';

type Method = (self: TorchTensor, args: Arguments) => Value;

export const size = (shape: readonly number[]): Tuple => new Tuple(shape.map(BigInt), 'size');

/** A number of a tensor as one of Python. */
const pythonNumber = (tensor: TorchTensor, value: Num): Value => (tensor.dtype === 'bool' ? value !== 0n : value);

function item(self: TorchTensor): Value {
  if (self.size !== 1)
    throw new PythonError('RuntimeError', `a Tensor with ${self.size} elements cannot be converted to Scalar`);
  return pythonNumber(self, self.values()[0] as Num);
}

function listed(self: TorchTensor): Value {
  if (self.rank === 0) return item(self);
  return Array.from({ length: self.shape[0] as number }, (_, i) =>
    listed(self.view(self.shape.slice(1), self.strides.slice(1), self.offset + i * (self.strides[0] as number))),
  );
}

const along = (of: string, args: Arguments) => {
  const given = new Given(of, args, ['dim', 'keepdim']);
  return { axes: given.axes('dim'), keep: given.flag('keepdim') };
};
const reducing =
  (of: string, reduce: (self: TorchTensor, by: reductions.Along) => TorchTensor): Method =>
  (self, args) =>
    reduce(self, along(of, args));

/** With an axis both the value and where it stands. */
const extreme =
  (of: 'max' | 'min', sign: 1 | -1): Method =>
  (self, args) => {
    const by = along(of, args);
    const value = reductions.extremeValue(self, by, sign);
    if (by.axes === null) return value;
    const fields = ['values', 'indices'];
    return new Tuple([value, reductions.extremePlace(self, by, sign)], { name: of, fields });
  };

export function operand(of: string, value: Value): Operand {
  if (value instanceof TorchTensor || isPythonNumber(value)) return value;
  throw new PythonError('TypeError', `${of}(): argument 'other' must be Tensor, not ${typeName(value)}`);
}

const inPlace =
  (of: string, operator: Exclude<Binary, '@'> | null): Method =>
  (self, args) => {
    const value = operand(of, new Given(of, args, ['other']).value('other'));
    return written(self, operator ? arithmetic(operator, self, value) : value, operator ? of : 'copy');
  };

const function_ =
  (of: (value: number) => number): Method =>
  (self) =>
    mapped(self, of);

const casts = Object.fromEntries(
  [...DTYPES.map((dtype) => [dtype, dtype] as const), ...Object.entries(DTYPE_NAMES)].map(([name, dtype]) => [
    name,
    (self: TorchTensor) => cast(self, dtype as DType),
  ]),
);

function contiguous(self: TorchTensor): TorchTensor {
  return self.isContiguous ? self : cloned(self);
}

/** What a tensor can do, by its name: also a function of `torch` that takes the tensor first. */
export const METHODS: Readonly<Record<string, Method>> = {
  view: (self, args) => shapes.viewed(self, shapeAnd('view', args, []).shape),
  reshape: (self, args) => shapes.reshaped(self, reshapeTo(args)),
  expand: (self, args) => shapes.expanded(self, shapeAnd('expand', args, []).shape),
  permute: (self, args) => shapes.permuted(self, shapeAnd('permute', args, []).shape),
  flatten: (self) => shapes.reshaped(self, [-1]),
  t: (self) => shapes.turned(self),
  transpose: (self, args) => {
    const given = new Given('transpose', args, ['dim0', 'dim1']);
    return shapes.transposed(self, given.whole('dim0'), given.whole('dim1'));
  },
  unsqueeze: (self, args) => shapes.unsqueezed(self, new Given('unsqueeze', args, ['dim']).whole('dim')),
  squeeze: (self, args) => {
    const given = new Given('squeeze', args, ['dim']);
    return shapes.squeezed(self, given.has('dim') ? given.whole('dim') : null);
  },
  contiguous,
  is_contiguous: (self) => self.isContiguous,
  clone: cloned,
  stride: (self) => new Tuple(self.strides.map(BigInt)),
  size: (self, args) => {
    const given = new Given('size', args, ['dim']);
    if (!given.has('dim')) return size(self.shape);
    return BigInt(self.shape[shapes.axisOf(given.whole('dim'), self.rank)] as number);
  },
  dim: (self) => BigInt(self.rank),
  numel: (self) => BigInt(self.size),
  item,
  tolist: listed,
  to: (self, args) => cast(self, new Given('to', args, ['dtype']).dtype('dtype') ?? self.dtype),
  ...casts,
  sum: reducing('sum', reductions.sum),
  prod: reducing('prod', reductions.product),
  mean: reducing('mean', reductions.mean),
  std: reducing('std', (self, by) => reductions.variance(self, by, true)),
  var: reducing('var', (self, by) => reductions.variance(self, by, false)),
  max: extreme('max', 1),
  min: extreme('min', -1),
  argmax: reducing('argmax', (self, by) => reductions.extremePlace(self, by, 1)),
  argmin: reducing('argmin', (self, by) => reductions.extremePlace(self, by, -1)),
  any: reducing('any', reductions.any),
  all: reducing('all', reductions.every),
  matmul: (self, args) => matrixProduct(self, new Given('matmul', args, ['other']).tensor('other')),
  mm: (self, args) => matrixProduct(self, new Given('mm', args, ['mat2']).tensor('mat2')),
  add: (self, args) => arithmetic('+', self, operand('add', new Given('add', args, ['other']).value('other'))),
  sub: (self, args) => arithmetic('-', self, operand('sub', new Given('sub', args, ['other']).value('other'))),
  mul: (self, args) => arithmetic('*', self, operand('mul', new Given('mul', args, ['other']).value('other'))),
  div: (self, args) => arithmetic('/', self, operand('div', new Given('div', args, ['other']).value('other'))),
  pow: (self, args) => arithmetic('**', self, operand('pow', new Given('pow', args, ['exponent']).value('exponent'))),
  eq: (self, args) => compared('==', self, operand('eq', new Given('eq', args, ['other']).value('other'))),
  isnan: (self) => TorchTensor.of('bool', self.shape, nans(self)),
  exp: function_(Math.exp),
  log: function_(Math.log),
  sqrt: function_(Math.sqrt),
  sigmoid: function_((x) => 1 / (1 + Math.exp(-x))),
  tanh: function_(Math.tanh),
  abs: absolute,
  relu: rectified,
  add_: inPlace('add_', '+'),
  sub_: inPlace('sub_', '-'),
  mul_: inPlace('mul_', '*'),
  div_: inPlace('div_', '/'),
  fill_: inPlace('fill_', null),
  copy_: inPlace('copy_', null),
  zero_: (self) => written(self, 0n, 'copy'),
};

/** A shape as one list, or as numbers side by side, or by its name. */
const reshapeTo = (args: Arguments): number[] =>
  args.named.has('shape')
    ? (new Given('reshape', args, ['shape']).axes('shape') as number[])
    : shapeAnd('reshape', args, []).shape;

function nans(self: TorchTensor): (i: number) => Num {
  const values = self.values();
  return (i) => (Number.isNaN(values[i]) ? 1n : 0n);
}

function absolute(self: TorchTensor): TorchTensor {
  const values = self.values();
  return TorchTensor.of(self.dtype, self.shape, (i) => {
    const value = values[i] as Num;
    return value < 0 ? -value : value;
  });
}

/** NaN stays NaN. */
function rectified(self: TorchTensor): TorchTensor {
  const values = self.values();
  return TorchTensor.of(self.dtype, self.shape, (i) => {
    const value = values[i] as Num;
    return value < 0 ? (typeof value === 'bigint' ? 0n : 0) : value;
  });
}
