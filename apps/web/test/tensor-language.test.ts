import { describe, expect, it } from 'vitest';
import { Given, shapeAnd } from '../src/features/tensor-lab/model/arguments.ts';
import { creations } from '../src/features/tensor-lab/model/creation.ts';
import { converted, promoted } from '../src/features/tensor-lab/model/dtypes.ts';
import { arithmetic, broadcastShape, expandedTo, written } from '../src/features/tensor-lab/model/elementwise.ts';
import { Interpreter } from '../src/features/tensor-lab/model/evaluate.ts';
import { Heap } from '../src/features/tensor-lab/model/heap.ts';
import { part, writePart } from '../src/features/tensor-lab/model/indexing.ts';
import { matrixProduct } from '../src/features/tensor-lab/model/matmul.ts';
import { METHODS } from '../src/features/tensor-lab/model/methods.ts';
import { comparedNumbers, pythonArithmetic } from '../src/features/tensor-lab/model/numbers.ts';
import { parse } from '../src/features/tensor-lab/model/parse.ts';
import { tensorText } from '../src/features/tensor-lab/model/print-tensor.ts';
import { notHere, PythonError } from '../src/features/tensor-lab/model/python-error.ts';
import { mean, sum } from '../src/features/tensor-lab/model/reductions.ts';
import { permuted, reshaped, viewed } from '../src/features/tensor-lab/model/shapes.ts';
import { denseStrides, TorchTensor } from '../src/features/tensor-lab/model/tensor.ts';
import { tokensOf } from '../src/features/tensor-lab/model/tokens.ts';
import { isTruthy, Slice, shownValue, Tuple, typeName } from '../src/features/tensor-lab/model/values.ts';

// Parts of the language of the cells, by rules of PyTorch and Python that stand in their documentation; whole lines are
// held to what PyTorch prints in tensor-lab.test.ts.

const counted = (...shape: number[]) => TorchTensor.of('float32', shape, (i) => i);
const given = (...places: (bigint | number | string)[]) => ({ places, named: new Map() });
const ALL = { axes: null, keep: false };

describe('tensors in memory', () => {
  it('are read by strides: a turned one is the same memory', () => {
    expect(denseStrides([2, 3, 4])).toEqual([12, 4, 1]);
    const x = counted(2, 3);
    const turned = permuted(x, [1, 0]);
    expect(turned.values()).toEqual([0, 3, 1, 4, 2, 5]);
    expect([x.isContiguous, turned.isContiguous, turned.numbers === x.numbers]).toEqual([true, false, true]);
  });

  it('are viewed where strides allow it, else copied by reshape and refused by view', () => {
    const turned = permuted(counted(2, 3), [1, 0]);
    expect(() => viewed(turned, [6])).toThrow(PythonError);
    expect(reshaped(turned, [6]).values()).toEqual([0, 3, 1, 4, 2, 5]);
    const x = counted(4);
    expect(viewed(x, [2, -1]).numbers).toBe(x.numbers);
  });

  it('are written through their parts', () => {
    const x = counted(3, 4);
    writePart(x, [1n, new Slice(null, null, 2n)], 9);
    expect(part(x, [1n]).values()).toEqual([9, 5, 9, 7]);
    expect(part(x, [new Slice(-2n, null, 1n), 0n]).values()).toEqual([9, 8]);
    expect(written(counted(2), 7n, 'copy').values()).toEqual([7, 7]);
  });

  it('leave their memory to the next empty one that fits', () => {
    const heap = new Heap();
    const bytes = new ArrayBuffer(16);
    heap.give(bytes);
    expect(heap.take(32)).not.toBe(bytes);
    expect(heap.take(8)).toBe(bytes);
    expect(heap.take(8)).not.toBe(bytes);
    heap.give(Float32Array.of(1, 2).buffer);
    const found = creations(heap).empty?.(given(2n));
    expect(found instanceof TorchTensor && found.values()).toEqual([1, 2]);
  });
});

describe('a heap', () => {
  it('bug: kept what a loop that never ends gave back, until its worker had no memory', () => {
    const heap = new Heap();
    const large = new ArrayBuffer(64);
    heap.give(large);
    for (let i = 0; i < 100; i++) heap.give(new ArrayBuffer(8));
    expect(heap.take(64)).not.toBe(large);
  });
});

describe('numbers of tensors', () => {
  it('get the dtype of the documentation: axes before none before numbers of Python', () => {
    const of = (dtype: 'int64' | 'float32' | 'float64', rank: 'axes' | 'none' | 'python') => ({ dtype, rank });
    expect(promoted(of('int64', 'axes'), of('float32', 'python'))).toBe('float32');
    expect(promoted(of('float32', 'axes'), of('float64', 'none'))).toBe('float32');
    expect(promoted(of('int64', 'axes'), of('float64', 'none'))).toBe('float64');
    expect(promoted(of('float32', 'axes'), of('float64', 'axes'))).toBe('float64');
  });

  it('are converted as casts do', () => {
    expect(converted(-2.9, 'int64')).toBe(-2n);
    expect(converted(2n ** 24n + 1n, 'float32')).toBe(2 ** 24);
    expect(converted(2n ** 31n, 'int32')).toBe(-(2n ** 31n));
    expect(converted(0.5, 'bool')).toBe(1n);
  });

  it('are broadcast from the last axis', () => {
    expect(broadcastShape([3000, 2], [2])).toEqual([3000, 2]);
    expect(broadcastShape([2, 1], [3])).toEqual([2, 3]);
    expect(() => broadcastShape([3000, 2], [3000])).toThrow('must match');
    expect(expandedTo(counted(2, 1), [2, 2]).values()).toEqual([0, 0, 1, 1]);
    expect(arithmetic('+', counted(2, 1), counted(2)).values()).toEqual([0, 1, 1, 2]);
  });

  it('are added up, and multiplied as matrices', () => {
    const x = counted(2, 3);
    expect(sum(x, { axes: [0], keep: true })).toMatchObject({ shape: [1, 3] });
    expect([sum(x, ALL).values(), mean(x, { axes: [-1], keep: false }).values()]).toEqual([[15], [1, 4]]);
    expect(matrixProduct(x, counted(3, 1)).values()).toEqual([5, 14]);
    expect(METHODS.numel?.(x, given())).toBe(6n);
  });
});

describe('lines of Python', () => {
  it('become tokens with indents', () => {
    const kinds = tokensOf('while x:\n  y = 1.5e3 # so\nz').map(({ kind }) => kind);
    expect(kinds.join(' ')).toBe(
      'name name operator newline indent name operator float newline dedent name newline end',
    );
  });

  it('bind powers before signs, and products before sums', () => {
    const printed: string[] = [];
    const interpreter = new Interpreter((text) => printed.push(text));
    for (const statement of parse('-2 ** 2\n2 ** -1\n1 + 2 * 3\n(1 + 2) * 3\nnot 1 > 2 and 3'))
      interpreter.run(statement);
    expect(printed).toEqual(['-4', '0.5', '7', '9', '3']);
  });

  it('compute with whole numbers and floats as Python does', () => {
    expect(pythonArithmetic('//', -7n, 2n)).toBe(-4n);
    expect(pythonArithmetic('%', -7n, 3n)).toBe(2n);
    expect(pythonArithmetic('/', 7n, 2n)).toBe(3.5);
    expect(pythonArithmetic('%', -7.5, 2)).toBe(0.5);
    expect(() => pythonArithmetic('/', 1n, 0n)).toThrow('division by zero');
    expect([comparedNumbers('==', 1n, 1), comparedNumbers('<', 1n, 1.5)]).toEqual([true, true]);
    expect(comparedNumbers('==', new Tuple([1n, 2n]), new Tuple([1n, 2n]))).toBe(true);
  });

  it('print values as Python does', () => {
    const size = new Tuple([2n, 3n], 'size');
    expect([null, true, 1.0, 'a', [1n, 0.5], new Tuple([1n]), size].map(shownValue)).toEqual([
      ...['None', 'True', '1.0', "'a'", '[1, 0.5]', '(1,)', 'torch.Size([2, 3])'],
    ]);
    expect(tensorText(counted(2))).toBe('tensor([0., 1.])');
    expect([typeName(1n), typeName(size), isTruthy([]), isTruthy(counted(1))]).toEqual([
      ...['int', 'torch.Size', false, false],
    ]);
  });

  it('say what a function was given that it does not take', () => {
    expect(() => new Given('eye', given(1n, 2n), ['n'])).toThrow('eye() takes 1 positional arguments but 2 were given');
    expect(() => new Given('eye', given(), ['n']).whole('n')).toThrow("missing required argument: 'n'");
    expect(() => new Given('eye', given('x'), ['n']).whole('n')).toThrow('must be int, not str');
    expect(shapeAnd('zeros', given(2n, 3n), []).shape).toEqual([2, 3]);
    expect(notHere('this').hint?.en).toContain('PyTorch');
  });
});
