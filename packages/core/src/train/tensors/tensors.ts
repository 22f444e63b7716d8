import type { DataType, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { DTypeMismatchError, ShapeMismatchError } from '../../text/errors.ts';

/** Widest first: casting to the wider of two dtypes loses the least. */
const WIDTH: readonly DataType[] = ['complex64', 'float32', 'int32', 'bool', 'string'];

/**
 * Refuses tensors of different dtypes, as PyTorch does; TF.js alone would silently convert one of them.
 * @throws DTypeMismatchError naming both dtypes and the cast that mends it
 */
export function assertSameDType(operation: string, a: Tensor, b: Tensor): void {
  if (a.dtype === b.dtype) return;
  const aWider = WIDTH.indexOf(a.dtype) < WIDTH.indexOf(b.dtype);
  const [side, wide] = aWider ? ['second', a.dtype] : ['first', b.dtype];
  throw new DTypeMismatchError(
    `${operation}: expected both tensors to have the same dtype, got ${a.dtype} and ${b.dtype}. ` +
      `Cast the ${side} one: ${side}.cast('${wide}') or ${side}.toFloat()`.replace(
        wide === 'float32' ? /$^/ : / or .*$/,
        '',
      ),
  );
}

/**
 * Matrix product of a [m, k] and b [k, n]: [m, n].
 * @throws DTypeMismatchError, ShapeMismatchError
 */
export function matmul(a: Tensor, b: Tensor): Tensor2D {
  assertSameDType('matmul', a, b);
  if (a.rank !== 2 || b.rank !== 2 || a.shape[1] !== b.shape[0]) {
    throw new ShapeMismatchError(
      `matmul: expected [m, k] and [k, n], got [${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
    );
  }
  return tf.matMul(a as Tensor2D, b as Tensor2D);
}

/** Gives uninitialised memory of some bytes. */
export type Allocate = (bytes: number) => ArrayBuffer;

/** A float32 tensor on uninitialised memory, as torch.empty: nothing is written into it. */
export function empty(shape: number[], allocate: Allocate): Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(new Float32Array(allocate(size * Float32Array.BYTES_PER_ELEMENT), 0, size), shape);
}
