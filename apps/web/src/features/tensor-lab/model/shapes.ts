import { cloned, expandedTo } from './elementwise.ts';
import { PythonError } from './python-error.ts';
import { denseStrides, sizeOf, TorchTensor } from './tensor.ts';

const list = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** The axis that a number names, counted from the end where it is negative. */
export function axisOf(at: number, rank: number): number {
  const most = Math.max(1, rank);
  if (at < -most || at >= most)
    throw new PythonError(
      'IndexError',
      `Dimension out of range (expected to be in range of [${-most}, ${most - 1}], but got ${at})`,
    );
  return at < 0 ? at + most : at;
}

/** A shape with its -1 replaced by what is left. */
function wholeShape(tensor: TorchTensor, asked: readonly number[]): number[] {
  const known = sizeOf(asked.filter((side) => side !== -1));
  const isKnown = !asked.includes(-1);
  const fits = isKnown ? known === tensor.size : known > 0 && tensor.size % known === 0;
  if (!fits)
    throw new PythonError('RuntimeError', `shape '${list(asked)}' is invalid for input of size ${tensor.size}`);
  return asked.map((side) => (side === -1 ? tensor.size / known : side));
}

/**
 * The strides by which the same memory has another shape; null where it takes a copy. Axes that follow each other in memory
 * are taken together, and each group is divided anew.
 */
function stridesFor(tensor: TorchTensor, shape: readonly number[]): number[] | null {
  if (tensor.size === 0 || tensor.isContiguous) return denseStrides(shape);
  const groups: { size: number; stride: number }[] = [];
  for (const [axis, side] of tensor.shape.entries()) {
    if (side === 1) continue;
    const stride = tensor.strides[axis] as number;
    const before = groups.at(-1);
    if (before && before.stride === stride * side) {
      before.size *= side;
      before.stride = stride;
    } else groups.push({ size: side, stride });
  }
  const strides = new Array<number>(shape.length);
  let group = groups.length - 1;
  let left = groups[group]?.size ?? 1;
  let stride = groups[group]?.stride ?? 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const side = shape[axis] as number;
    if (left === 1 && side !== 1) {
      group -= 1;
      ({ size: left, stride } = groups[group] ?? { size: 1, stride: 1 });
    }
    if (left % side !== 0) return null;
    strides[axis] = stride;
    stride *= side;
    left /= side;
  }
  return strides;
}

export function viewed(tensor: TorchTensor, asked: readonly number[]): TorchTensor {
  const shape = wholeShape(tensor, asked);
  const strides = stridesFor(tensor, shape);
  if (!strides)
    throw new PythonError(
      'RuntimeError',
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
    );
  return tensor.view(shape, strides);
}

/** A view where there can be one, else a copy. */
export function reshaped(tensor: TorchTensor, asked: readonly number[]): TorchTensor {
  const shape = wholeShape(tensor, asked);
  const strides = stridesFor(tensor, shape);
  return strides ? tensor.view(shape, strides) : cloned(tensor).view(shape, denseStrides(shape), 0);
}

export function permuted(tensor: TorchTensor, axes: readonly number[]): TorchTensor {
  const places = axes.map((axis) => axisOf(axis, tensor.rank));
  if (places.length !== tensor.rank || new Set(places).size !== places.length)
    throw new PythonError(
      'RuntimeError',
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${tensor.rank} is not equal to len(dims) = ${axes.length}`,
    );
  return tensor.view(
    places.map((axis) => tensor.shape[axis] as number),
    places.map((axis) => tensor.strides[axis] as number),
  );
}

export function transposed(tensor: TorchTensor, a: number, b: number): TorchTensor {
  const axes = tensor.shape.map((_, axis) => axis);
  const [first, second] = [axisOf(a, tensor.rank), axisOf(b, tensor.rank)];
  [axes[first], axes[second]] = [second, first];
  return permuted(tensor, axes);
}

export function turned(tensor: TorchTensor): TorchTensor {
  if (tensor.rank > 2)
    throw new PythonError('RuntimeError', `t() expects a tensor with <= 2 dimensions, but self is ${tensor.rank}D`);
  return tensor.rank === 2 ? transposed(tensor, 0, 1) : tensor;
}

export function unsqueezed(tensor: TorchTensor, at: number): TorchTensor {
  const axis = axisOf(at, tensor.rank + 1);
  const stride = axis < tensor.rank ? (tensor.shape[axis] as number) * (tensor.strides[axis] as number) : 1;
  return tensor.view(tensor.shape.toSpliced(axis, 0, 1), tensor.strides.toSpliced(axis, 0, stride));
}

/** Without the axes of 1, or without this one where it is 1. */
export function squeezed(tensor: TorchTensor, at: number | null): TorchTensor {
  const only = at === null ? null : axisOf(at, tensor.rank);
  const kept = [...tensor.shape.keys()].filter((axis) => tensor.shape[axis] !== 1 || (only !== null && axis !== only));
  return tensor.view(
    kept.map((axis) => tensor.shape[axis] as number),
    kept.map((axis) => tensor.strides[axis] as number),
  );
}

export function expanded(tensor: TorchTensor, asked: readonly number[]): TorchTensor {
  const missing = asked.length - tensor.rank;
  const shape = asked.map((side, axis) => {
    const own = tensor.shape[axis - missing];
    if (side === -1) return own as number;
    if (own !== undefined && own !== 1 && own !== side)
      throw new PythonError(
        'RuntimeError',
        `The expanded size of the tensor (${side}) must match the existing size (${own}) at non-singleton dimension ${axis}.  Target sizes: ${list(asked)}.  Tensor sizes: ${list(tensor.shape)}`,
      );
    return side;
  });
  return expandedTo(tensor, shape);
}

/** Tensors one after the other along an axis. */
export function joinedTensors(tensors: readonly TorchTensor[], at: number): TorchTensor {
  const [first] = tensors;
  if (!first) throw new PythonError('ValueError', 'expected a non-empty list of Tensors');
  const axis = axisOf(at, first.rank);
  for (const [i, { shape, rank }] of tensors.entries()) {
    const wrong = rank === first.rank ? shape.findIndex((side, d) => d !== axis && side !== first.shape[d]) : 0;
    if (wrong >= 0)
      throw new PythonError(
        'RuntimeError',
        `Sizes of tensors must match except in dimension ${axis}. Expected size ${first.shape[wrong]} but got size ${shape[wrong]} for tensor number ${i} in the list.`,
      );
  }
  const total = tensors.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const result = TorchTensor.zeros(first.dtype, first.shape.with(axis, total));
  let from = 0;
  for (const tensor of tensors) {
    const part = result.view(tensor.shape, result.strides, from * (result.strides[axis] as number));
    const values = tensor.values();
    for (const [i, place] of part.places().entries()) part.write(place, values[i] as number);
    from += tensor.shape[axis] as number;
  }
  return result;
}
