import * as tf from '@tensorflow/tfjs-core';
import type { Demonstration } from '../../studies/study.ts';
import { DTypeMismatchError } from '../../text/errors.ts';
import { sameText } from '../../text/text.ts';
import { type Allocate, empty, matmul } from '../tensors/tensors.ts';

/** Common operations on tensors, and what goes wrong with them; each is checked against the right result. */
export const tensors = (allocate: Allocate): Demonstration[] =>
  [creation, views, broadcasting, reductions, product, uninitialised, mismatch, cast].map((show) => show(allocate));

const spelled = (tensor: tf.Tensor): string => JSON.stringify(tensor.arraySync());
const holdsValues = (tensor: tf.Tensor, expected: unknown): boolean => spelled(tensor) === JSON.stringify(expected);

function creation(): Demonstration {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
  return {
    title: { en: 'creation', zh: '创建' },
    code: 'tensor2d([1, 2, 3, 4, 5, 6], [2, 3])',
    output: {
      en: `shape [${x.shape}], ${x.dtype}: ${spelled(x)}`,
      zh: `形状 [${x.shape}]，${x.dtype}：${spelled(x)}`,
    },
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
    title: { en: 'views', zh: '视图' },
    code: 'range(0, 6).reshape([2, -1])',
    // Tensors of TF.js never change, so a program cannot tell a view from a copy; in PyTorch it can.
    output: {
      en: `the same six values as [${view.shape}]: ${spelled(view)}`,
      zh: `同样的六个值，形状为 [${view.shape}]：${spelled(view)}`,
    },
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
    title: { en: 'broadcasting', zh: '广播' },
    code: 'tensor2d([0, 10], [2, 1]) + tensor1d([1, 2, 3])',
    output: {
      en: `[2, 1] and [3] give [${sum.shape}]: ${spelled(sum)}`,
      zh: `[2, 1] 与 [3] 得到 [${sum.shape}]：${spelled(sum)}`,
    },
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
    title: { en: 'reductions', zh: '归约' },
    code: 'sum(x), mean(x, axis 1) of [[1, 2, 3], [4, 5, 6]]',
    output: { en: `${spelled(all)} and ${spelled(rows)}`, zh: `${spelled(all)} 和 ${spelled(rows)}` },
    holds: holdsValues(all, 21) && holdsValues(rows, [2, 5]),
  };
}

function product(): Demonstration {
  const c = matmul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6], [2, 1]));
  return {
    title: { en: 'matrix product', zh: '矩阵乘法' },
    code: '[[1, 2], [3, 4]] @ [[5], [6]]',
    output: {
      en: `[2, 2] @ [2, 1] gives [${c.shape}]: ${spelled(c)}`,
      zh: `[2, 2] @ [2, 1] 得到 [${c.shape}]：${spelled(c)}`,
    },
    holds: holdsValues(c, [[17], [39]]),
  };
}

function uninitialised(allocate: Allocate): Demonstration {
  const x = empty([20, 50], allocate);
  const values = [...x.dataSync()];
  const nans = values.filter(Number.isNaN).length;
  const others = values.filter((value) => value !== 0 && !Number.isNaN(value));
  const zeros = values.length - nans - others.length;
  const some = others.slice(0, 4).map((value) => value.toPrecision(3));
  return {
    title: { en: 'empty', zh: '空张量' },
    code: 'empty([20, 50])',
    output: {
      en:
        `memory as it was found, not initialised: this time ${nans} NaN, ${zeros} zeros and ` +
        `${others.length} other values${some.length > 0 ? ` such as ${some.join(', ')}` : ''}`,
      zh:
        `内存中原有的内容，未经初始化：这一次有 ${nans} 个 NaN、${zeros} 个零和 ` +
        `${others.length} 个其他值${some.length > 0 ? `，例如 ${some.join('、')}` : ''}`,
    },
    // No particular value can be expected: that is the point.
    holds: x.shape.join() === '20,50' && values.length === 1000,
  };
}

const floats = () => tf.tensor2d([1.5, 2.5], [1, 2], 'float32');
const integers = () => tf.tensor2d([2, 4], [2, 1], 'int32');

function mismatch(): Demonstration {
  const [title, code] = [sameText('dtypes'), 'float32 [1, 2] @ int32 [2, 1]'];
  try {
    const c = spelled(matmul(floats(), integers()));
    return { title, code, output: { en: `no error: ${c}`, zh: `没有报错：${c}` }, holds: false };
  } catch (error) {
    const { name, message } = error as Error;
    const holds =
      error instanceof DTypeMismatchError && ['float32', 'int32', 'cast'].every((word) => message.includes(word));
    return { title, code, output: sameText(`${name}: ${message}`), holds };
  }
}

function cast(): Demonstration {
  const c = matmul(floats(), tf.cast(integers(), 'float32'));
  return {
    title: { en: 'after the cast', zh: '转换之后' },
    code: "float32 [1, 2] @ int32 [2, 1].cast('float32')",
    output: sameText(spelled(c)),
    holds: holdsValues(c, [[13]]),
  };
}
