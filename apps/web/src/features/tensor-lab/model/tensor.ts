import type { DType, Num } from './dtypes.ts';
import { PythonError } from './python-error.ts';

type Numbers = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

const ARRAYS = {
  bool: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;
/** More numbers than this would take the page's memory. */
const MOST = 10_000_000;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);

/** The strides of a tensor whose numbers stand one after the other. */
export function denseStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= Math.max(1, shape[axis] as number);
  }
  return strides;
}

/** Numbers in memory, and how they are read: views of the same memory share it. */
export class TorchTensor {
  readonly dtype: DType;
  readonly numbers: Numbers;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;

  constructor(
    dtype: DType,
    numbers: Numbers,
    shape: readonly number[],
    strides: readonly number[] = denseStrides(shape),
    offset = 0,
  ) {
    this.dtype = dtype;
    this.numbers = numbers;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /** A tensor of its own, of zeros, or in memory as it was found. */
  static zeros(dtype: DType, shape: readonly number[], found?: ArrayBuffer): TorchTensor {
    const size = sizeOf(shape);
    if (size > MOST)
      throw new PythonError('RuntimeError', `a tensor of ${size} numbers`, {
        en: `This page gives a tensor at most ${MOST} numbers.`,
        zh: `本页的张量最多 ${MOST} 个数。`,
      });
    return new TorchTensor(dtype, found ? new ARRAYS[dtype](found, 0, size) : new ARRAYS[dtype](size), shape);
  }

  static of(dtype: DType, shape: readonly number[], valueAt: (i: number) => Num): TorchTensor {
    const tensor = TorchTensor.zeros(dtype, shape);
    for (let i = 0; i < tensor.size; i++) tensor.write(i, valueAt(i));
    return tensor;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  get rank(): number {
    return this.shape.length;
  }

  /** Another way to read the same memory. */
  view(shape: readonly number[], strides: readonly number[], offset = this.offset): TorchTensor {
    return new TorchTensor(this.dtype, this.numbers, shape, strides, offset);
  }

  get isContiguous(): boolean {
    const dense = denseStrides(this.shape);
    return this.shape.every((side, axis) => side <= 1 || this.strides[axis] === dense[axis]);
  }

  /** Where each number stands in memory, the last axis first. */
  places(): Int32Array {
    const places = new Int32Array(this.size);
    const index = new Array<number>(this.rank).fill(0);
    let place = this.offset;
    for (let i = 0; i < places.length; i++) {
      places[i] = place;
      for (let axis = this.rank - 1; axis >= 0; axis--) {
        const [side, stride] = [this.shape[axis] as number, this.strides[axis] as number];
        index[axis] = (index[axis] as number) + 1;
        place += stride;
        if ((index[axis] as number) < side) break;
        place -= side * stride;
        index[axis] = 0;
      }
    }
    return places;
  }

  /** The number at a place in memory. */
  read(place: number): Num {
    const value = this.numbers[place] as Num;
    return this.dtype === 'bool' || this.dtype === 'int32' ? BigInt(value) : value;
  }

  write(place: number, value: Num): void {
    const { numbers } = this;
    if (numbers instanceof BigInt64Array) numbers[place] = BigInt(value);
    else numbers[place] = Number(value);
  }

  /** All numbers in order. */
  values(): Num[] {
    return Array.from(this.places(), (place) => this.read(place));
  }
}

/** What a tensor brings to the dtype of a result. */
export const operandOf = ({ dtype, rank }: TorchTensor) => ({
  dtype,
  rank: rank > 0 ? ('axes' as const) : ('none' as const),
});
