import * as tf from '@tensorflow/tfjs-core';
import { DTypeMismatchError } from '../../errors.ts';
import type { Demonstration } from '../../studies/study.ts';
import { empty, matmul } from '../tensors.ts';

/** What one does with tensors, and what goes wrong. Each is checked against what it must give. */
export const tensors = (): Demonstration[] =>
  [creation, views, broadcasting, reductions, product, uninitialised, mismatch, cast].map((show) => show());

const spelled = (tensor: tf.Tensor): string => JSON.stringify(tensor.arraySync());
const holdsValues = (tensor: tf.Tensor, expected: unknown): boolean => spelled(tensor) === JSON.stringify(expected);

function creation(): Demonstration {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  return {
    title: 'creation',
    code: 'tensor2d([1, 2, 3, 4, 5, 6], [2, 3])',
    output: `shape [${x.shape}], ${x.dtype}: ${spelled(x)}`,
    holds: holdsValues(x, [
      [1, 2, 3],
      [4, 5, 6],
    ]),
  };
}

function views(): Demonstration {
  const x = tf.range(0, 6);
  const view = tf.reshape(x, [2, -1]);
  return {
    title: 'views',
    code: 'range(0, 6).reshape([2, -1])',
    // A tensor of TF.js never changes, so that a program cannot tell a view from a copy; in PyTorch it can.
    output: `the same six values as [${view.shape}]: ${spelled(view)}`,
    holds:
      holdsValues(x, [0, 1, 2, 3, 4, 5]) &&
      holdsValues(view, [
        [0, 1, 2],
        [3, 4, 5],
      ]),
  };
}

function broadcasting(): Demonstration {
  const sum = tf.add(tf.tensor2d([0, 10], [2, 1]), tf.tensor1d([1, 2, 3]));
  return {
    title: 'broadcasting',
    code: 'tensor2d([0, 10], [2, 1]) + tensor1d([1, 2, 3])',
    output: `[2, 1] and [3] give [${sum.shape}]: ${spelled(sum)}`,
    holds: holdsValues(sum, [
      [1, 2, 3],
      [11, 12, 13],
    ]),
  };
}

function reductions(): Demonstration {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  const [all, rows] = [tf.sum(x), tf.mean(x, 1)];
  return {
    title: 'reductions',
    code: 'sum(x), mean(x, axis 1) of [[1, 2, 3], [4, 5, 6]]',
    output: `${spelled(all)} and ${spelled(rows)}`,
    holds: holdsValues(all, 21) && holdsValues(rows, [2, 5]),
  };
}

function product(): Demonstration {
  const c = matmul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1]));
  return {
    title: 'matrix product',
    code: '[[1, 2], [3, 4]] @ [[5], [6]]',
    output: `[2, 2] @ [2, 1] gives [${c.shape}]: ${spelled(c)}`,
    holds: holdsValues(c, [[17], [39]]),
  };
}

function uninitialised(): Demonstration {
  const x = empty([20, 50]);
  const values = [...x.dataSync()];
  const nans = values.filter(Number.isNaN).length;
  const others = values.filter((value) => value !== 0 && !Number.isNaN(value));
  const some = others.slice(0, 4).map((value) => value.toPrecision(3));
  return {
    title: 'empty',
    code: 'empty([20, 50])',
    output:
      `memory as it was found, not initialised: this time ${nans} NaN, ${values.length - nans - others.length} zeros and ` +
      `${others.length} other values${some.length > 0 ? ` such as ${some.join(', ')}` : ''}`,
    // No value can be expected of it: that is the point.
    holds: x.shape.join() === '20,50' && values.length === 1000,
  };
}

const floats = () => tf.tensor2d([1.5, 2.5], [1, 2], 'float32');
const integers = () => tf.tensor2d([2, 4], [2, 1], 'int32');

function mismatch(): Demonstration {
  const code = 'float32 [1, 2] @ int32 [2, 1]';
  try {
    return { title: 'dtypes', code, output: `no error: ${spelled(matmul(floats(), integers()))}`, holds: false };
  } catch (error) {
    const { name, message } = error as Error;
    const holds =
      error instanceof DTypeMismatchError && ['float32', 'int32', 'cast'].every((word) => message.includes(word));
    return { title: 'dtypes', code, output: `${name}: ${message}`, holds };
  }
}

function cast(): Demonstration {
  const c = matmul(floats(), tf.cast(integers(), 'float32'));
  return {
    title: 'after the cast',
    code: "float32 [1, 2] @ int32 [2, 1].cast('float32')",
    output: spelled(c),
    holds: holdsValues(c, [[13]]),
  };
}
