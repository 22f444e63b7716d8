import { ABOUT, converted, type Num } from './dtypes.ts';
import { notHere, PythonError } from './python-error.ts';
import { TorchTensor } from './tensor.ts';

const sides = ({ shape }: TorchTensor): string => shape.join('x');

/** The mend of a product of two dtypes: the narrower one is cast to the wider. */
function castHint(a: TorchTensor, b: TorchTensor) {
  const aWider = ABOUT[a.dtype].category > ABOUT[b.dtype].category || a.dtype === 'float64';
  const wide = (aWider ? a : b).dtype;
  const cast = `${aWider ? 'b' : 'a'}.${{ float32: 'float()', float64: 'double()', int64: 'long()', int32: 'int()', bool: 'bool()' }[wide]}`;
  return {
    en: `A product does not convert dtypes. Choose the cast yourself: ${aWider ? `a @ ${cast}` : `${cast} @ b`}`,
    zh: `矩阵乘法不会自动转换 dtype。请自己选择转换：${aWider ? `a @ ${cast}` : `${cast} @ b`}`,
  };
}

/** The product of [m, k] and [k, n], where either may be a vector of k. */
export function matrixProduct(a: TorchTensor, b: TorchTensor): TorchTensor {
  if (a.rank === 0 || b.rank === 0)
    throw new PythonError(
      'RuntimeError',
      `both arguments to matmul need to be at least 1D, but they are ${a.rank}D and ${b.rank}D`,
    );
  if (a.rank > 2 || b.rank > 2) throw notHere('a product of tensors with more than two axes');
  refuseMixed(a, b);
  const left = a.rank === 2 ? a : a.view([1, ...a.shape], [0, ...a.strides]);
  const right = b.rank === 2 ? b : b.view([...b.shape, 1], [...b.strides, 0]);
  const [m = 0, k = 0] = left.shape;
  const [rows = 0, n = 0] = right.shape;
  if (k !== rows) throw unfit(a, b);
  const [x, y] = [left.values(), right.values()];
  const shape = [...(a.rank === 2 ? [m] : []), ...(b.rank === 2 ? [n] : [])];
  return TorchTensor.of(a.dtype, shape, (at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum: Num = ABOUT[a.dtype].category === 2 ? 0 : 0n;
    for (let l = 0; l < k; l++) sum = plusProduct(sum, x[i * k + l] as Num, y[l * n + j] as Num);
    return converted(sum, a.dtype);
  });
}

const plusProduct = (sum: Num, a: Num, b: Num): Num =>
  typeof sum === 'bigint' ? sum + BigInt(a) * BigInt(b) : sum + Number(a) * Number(b);

function refuseMixed(a: TorchTensor, b: TorchTensor): void {
  if (a.dtype === b.dtype) return;
  throw new PythonError('RuntimeError', mixedMessage(a, b), castHint(a, b));
}

/** PyTorch has another function for each pair of ranks, and each says it otherwise. */
function mixedMessage(a: TorchTensor, b: TorchTensor): string {
  const [first, second] = [ABOUT[a.dtype], ABOUT[b.dtype]];
  if (b.rank === 2) return `expected m1 and m2 to have the same dtype, but got: ${first.word} != ${second.word}`;
  return a.rank === 2
    ? `addmv input tensors must have the same dtype, but got ${second.title}, ${first.title}, and ${second.title}`
    : `dot : expected both vectors to have same dtype, but found ${first.title} and ${second.title}`;
}

function unfit(a: TorchTensor, b: TorchTensor): PythonError {
  const hint = {
    en: 'The last size of the first must be the first size of the second: [m, k] @ [k, n].',
    zh: '前一个的最后一个长度要等于后一个的第一个长度：[m, k] @ [k, n]。',
  };
  if (a.rank === 1 && b.rank === 1)
    return new PythonError(
      'RuntimeError',
      `inconsistent tensor size, expected tensor [${a.shape}] and src [${b.shape}] to have the same number of elements, but got ${a.shape} and ${b.shape} elements respectively`,
      hint,
    );
  if (b.rank === 1)
    return new PythonError(
      'RuntimeError',
      `size mismatch, got input (${a.shape[0]}), mat (${sides(a)}), vec (${b.shape})`,
      hint,
    );
  const first = a.rank === 1 ? `1x${a.shape}` : sides(a);
  return new PythonError(
    'RuntimeError',
    `mm: mat1 and mat2 shapes cannot be multiplied (${first} and ${sides(b)})`,
    hint,
  );
}
