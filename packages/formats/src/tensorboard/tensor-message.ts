import type { PbfReader } from 'pbf';

/** TensorFlow's numbers of the types that are read. */
const TYPES = {
  1: 'float',
  2: 'double',
  3: 'int32',
  4: 'uint8',
  5: 'int16',
  6: 'int8',
  7: 'string',
  9: 'int64',
  10: 'bool',
  14: 'bfloat16',
  17: 'uint16',
  19: 'half',
  22: 'uint32',
  23: 'uint64',
} as const;
type TensorType = (typeof TYPES)[keyof typeof TYPES];

/** A `TensorProto` as written: values are in one of the lists, or in raw bytes. */
export interface Tensor {
  type: TensorType | undefined;
  readonly shape: number[];
  content: Uint8Array | undefined;
  /** Values of any numeric type; for half precision, their bits. */
  readonly numbers: number[];
  readonly texts: Uint8Array[];
}

/** More values than any scalar or histogram has. */
const MOST_VALUES = 1_000_000;

export function readTensor(pbf: PbfReader): Tensor {
  const tensor: Tensor = { type: undefined, shape: [], content: undefined, numbers: [], texts: [] };
  return pbf.readMessage(tensorField, tensor);
}

function tensorField(field: number, tensor: Tensor, pbf: PbfReader): void {
  if (field === 1) tensor.type = (TYPES as Readonly<Record<number, TensorType>>)[pbf.readVarint()];
  else if (field === 2) pbf.readMessage(shapeField, tensor.shape);
  else if (field === 4) tensor.content = pbf.readBytes();
  else if (field === 5) pbf.readPackedFloat(tensor.numbers);
  else if (field === 6) pbf.readPackedDouble(tensor.numbers);
  else if (field === 8) tensor.texts.push(pbf.readBytes());
  else if (field === 7 || field === 10 || field === 13) pbf.readPackedVarint(tensor.numbers, true);
  else if (field === 11 || field === 16 || field === 17) pbf.readPackedVarint(tensor.numbers);
}

function shapeField(field: number, shape: number[], pbf: PbfReader): void {
  if (field !== 2) return;
  const at = shape.length;
  shape.push(0);
  pbf.readMessage((dimension: number, sizes: number[], inner: PbfReader) => {
    if (dimension === 1) sizes[at] = inner.readVarint(true);
  }, shape);
}

/** The values of a numeric tensor, row by row; undefined where it has none, or more than are read. */
export function tensorValues({ type, shape, content, numbers }: Tensor): number[] | undefined {
  const count = shape.reduce((product, size) => product * size, 1);
  if (type === undefined || type === 'string' || !(count >= 0 && count <= MOST_VALUES)) return undefined;
  if (content !== undefined) return ofContent(type, content, count);
  const last = numbers.at(-1);
  if (last === undefined) return count === 0 ? [] : undefined;
  const values = type === 'half' || type === 'bfloat16' ? numbers.map(type === 'half' ? fromHalf : fromBrain) : numbers;
  // Values left out at the end repeat the last one.
  const rest = values.at(-1) as number;
  return Array.from({ length: count }, (_, i) => values[i] ?? rest);
}

type ReadOne = (view: DataView, at: number) => number;
const READ: Readonly<Record<Exclude<TensorType, 'string'>, readonly [size: number, read: ReadOne]>> = {
  float: [4, (view, at) => view.getFloat32(at, true)],
  double: [8, (view, at) => view.getFloat64(at, true)],
  int8: [1, (view, at) => view.getInt8(at)],
  uint8: [1, (view, at) => view.getUint8(at)],
  bool: [1, (view, at) => view.getUint8(at)],
  int16: [2, (view, at) => view.getInt16(at, true)],
  uint16: [2, (view, at) => view.getUint16(at, true)],
  int32: [4, (view, at) => view.getInt32(at, true)],
  uint32: [4, (view, at) => view.getUint32(at, true)],
  int64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  uint64: [8, (view, at) => Number(view.getBigUint64(at, true))],
  half: [2, (view, at) => fromHalf(view.getUint16(at, true))],
  bfloat16: [2, (view, at) => fromBrain(view.getUint16(at, true))],
};

function ofContent(type: Exclude<TensorType, 'string'>, content: Uint8Array, count: number): number[] | undefined {
  const [size, read] = READ[type];
  if (content.length !== count * size) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return Array.from({ length: count }, (_, i) => read(view, i * size));
}

/** A half-precision number from its bits: 1 of sign, 5 of exponent, 10 of fraction. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** A bfloat16 is the upper half of a single-precision number. */
const fromBrain = (bits: number): number => {
  SINGLE.setUint32(0, bits << 16);
  return SINGLE.getFloat32(0);
};
const SINGLE = new DataView(new ArrayBuffer(4));
