import { Given, itemsOf } from './arguments.ts';
import { creations } from './creation.ts';
import { DTYPE_NAMES, DTYPES } from './dtypes.ts';
import { arithmetic, compared, isPythonNumber, type Operand } from './elementwise.ts';
import { Heap } from './heap.ts';
import { part, writePart } from './indexing.ts';
import { matrixProduct } from './matmul.ts';
import { METHODS, operand, size } from './methods.ts';
import { comparedNumbers, pythonArithmetic } from './numbers.ts';
import { PythonError } from './python-error.ts';
import { joinedTensors, transposed, unsqueezed } from './shapes.ts';
import type { Binary, PythonExpression, Statement } from './syntax.ts';
import { TorchTensor } from './tensor.ts';
import {
  type Arguments,
  Callable,
  DTypeValue,
  isTruthy,
  Module,
  PythonRange,
  Slice,
  shownValue,
  Tuple,
  typeName,
  type Value,
} from './values.ts';

type Functions = Readonly<Record<string, (args: Arguments) => Value>>;

/** Runs lines of Python, as far as this page reads them, one after the other. */
export class Interpreter {
  readonly #names = new Map<string, Value>([['torch', new Module()]]);
  readonly #torch: Functions;
  readonly #builtins: Functions;
  readonly #print: (text: string) => void;
  readonly #heap = new Heap();

  /** @param print is told each text that a line prints */
  constructor(print: (text: string) => void) {
    this.#print = print;
    this.#torch = { ...creations(this.#heap), ...JOINS };
    this.#builtins = {
      ...BUILTINS,
      print: ({ places }) => {
        print(places.map((value) => (typeof value === 'string' ? value : shownValue(value))).join(' '));
        return null;
      },
    };
  }

  run(statement: Statement): void {
    switch (statement.is) {
      case 'expression': {
        const value = this.#value(statement.value);
        if (value !== null) this.#print(shownValue(value));
        return;
      }
      case 'assign': {
        const value = this.#value(statement.value);
        for (const target of statement.targets) this.#assign(target, value);
        return;
      }
      case 'augment':
        this.#augment(statement);
        return;
      case 'while':
        while (isTruthy(this.#value(statement.condition))) for (const inner of statement.body) this.run(inner);
        return;
      case 'if':
        if (isTruthy(this.#value(statement.condition))) for (const inner of statement.body) this.run(inner);
        return;
      case 'for':
        for (const value of iterated(this.#value(statement.of))) {
          this.#rename(statement.name, value);
          for (const inner of statement.body) this.run(inner);
        }
        return;
      case 'nothing':
    }
  }

  /** A tensor that no name stands for any more gives its memory back. */
  #rename(name: string, value: Value): void {
    const before = this.#names.get(name);
    this.#names.set(name, value);
    if (before instanceof TorchTensor && ![...this.#names.values()].some((held) => holds(held, before)))
      this.#heap.give(before.numbers.buffer as ArrayBuffer);
  }

  #assign(target: PythonExpression, value: Value): void {
    if (target.is === 'name') this.#rename(target.name, value);
    else if (target.is === 'index') {
      const of = this.#value(target.of);
      if (!(of instanceof TorchTensor))
        throw new PythonError('TypeError', `'${typeName(of)}' object does not support item assignment`);
      writePart(of, this.#places(target.places), operand('__setitem__', value));
    } else if (target.is === 'tuple' || target.is === 'list') {
      const items = [...iterated(value)];
      if (items.length !== target.items.length)
        throw new PythonError('ValueError', `expected ${target.items.length} values to unpack, got ${items.length}`);
      for (const [i, inner] of target.items.entries()) this.#assign(inner, items[i] as Value);
    } else throw new PythonError('SyntaxError', 'cannot assign to this');
  }

  /** A tensor is changed where it is, as Python has it; a number becomes another one. */
  #augment({ target, operator, value }: Extract<Statement, { is: 'augment' }>): void {
    const before = this.#value(target);
    const after = this.#binary(operator, before, this.#value(value));
    if (before instanceof TorchTensor && after instanceof TorchTensor && operator !== '@') {
      METHODS[{ '+': 'add_', '-': 'sub_', '*': 'mul_', '/': 'div_', '//': '', '%': '', '**': '' }[operator]]?.(before, {
        places: [this.#value(value)],
        named: new Map(),
      });
    } else this.#assign(target, after);
  }

  #value(expression: PythonExpression): Value {
    switch (expression.is) {
      case 'value':
        return expression.value;
      case 'name':
        return this.#named(expression.name);
      case 'list':
        return expression.items.map((item) => this.#value(item));
      case 'tuple':
        return new Tuple(expression.items.map((item) => this.#value(item)));
      case 'attribute':
        return this.#attribute(this.#value(expression.of), expression.name);
      case 'call':
        return this.#call(expression);
      case 'index':
        return indexed(this.#value(expression.of), this.#places(expression.places));
      case 'slice': {
        const [from, to, step] = [expression.from, expression.to, expression.step].map((at) => at && this.#value(at));
        return new Slice((from ?? null) as bigint | null, (to ?? null) as bigint | null, (step ?? 1n) as bigint);
      }
      case 'unary': {
        const value = this.#value(expression.of);
        if (expression.operator === 'not') return !isTruthy(value);
        return expression.operator === '+' ? value : this.#binary('*', value, -1n);
      }
      case 'binary':
        return this.#binary(expression.operator, this.#value(expression.a), this.#value(expression.b));
      case 'compare': {
        const [a, b] = [this.#value(expression.a), this.#value(expression.b)];
        if (a instanceof TorchTensor || b instanceof TorchTensor)
          return compared(expression.operator, operand('compare', a), operand('compare', b));
        return comparedNumbers(expression.operator, a, b);
      }
      case 'logic': {
        const a = this.#value(expression.a);
        return isTruthy(a) === (expression.operator === 'and') ? this.#value(expression.b) : a;
      }
    }
  }

  #named(name: string): Value {
    const value = this.#names.get(name);
    if (value !== undefined) return value;
    const builtin = own(this.#builtins, name);
    if (builtin) return new Callable(name, builtin);
    throw new PythonError('NameError', `name '${name}' is not defined`);
  }

  #places(places: readonly PythonExpression[]): Value[] {
    const values = places.map((place) => this.#value(place));
    const [only] = values;
    return values.length === 1 && only instanceof Tuple ? [...only.items] : values;
  }

  #call({ of, args, named }: Extract<PythonExpression, { is: 'call' }>): Value {
    const called = this.#value(of);
    if (!(called instanceof Callable))
      throw new PythonError('TypeError', `'${typeName(called)}' object is not callable`);
    return called.run({
      places: args.map((arg) => this.#value(arg)),
      named: new Map(named.map(([name, value]) => [name, this.#value(value)])),
    });
  }

  #attribute(of: Value, name: string): Value {
    if (of instanceof Module) return this.#ofTorch(name);
    if (of instanceof TorchTensor) {
      if (name === 'shape') return size(of.shape);
      if (name === 'dtype') return new DTypeValue(of.dtype);
      if (name === 'ndim') return BigInt(of.rank);
      if (name === 'T') return transposed(of, 0, of.rank - 1);
      const method = own(METHODS, name);
      if (method) return new Callable(name, (args) => method(of, args));
    }
    if (of instanceof Tuple && typeof of.of === 'object') {
      const place = of.of.fields.indexOf(name);
      if (place >= 0) return of.items[place] as Value;
    }
    throw new PythonError('AttributeError', `'${typeName(of)}' object has no attribute '${name}'`, KNOWN);
  }

  #ofTorch(name: string): Value {
    const dtype = DTYPES.find((dtype) => dtype === name) ?? own(DTYPE_NAMES, name);
    if (dtype) return new DTypeValue(dtype);
    if (name === 'nan') return Number.NaN;
    if (name === 'inf') return Number.POSITIVE_INFINITY;
    const made = own(this.#torch, name);
    if (made) return new Callable(name, made);
    const method = name.endsWith('_') ? undefined : own(METHODS, name);
    if (!method) throw new PythonError('AttributeError', `module 'torch' has no attribute '${name}'`, KNOWN);
    return new Callable(name, ({ places: [self, ...places], named }) => {
      if (self instanceof TorchTensor) return method(self, { places, named });
      throw new PythonError('TypeError', `${name}(): argument 'input' must be Tensor, not ${typeName(self ?? null)}`);
    });
  }

  #binary(operator: Binary, a: Value, b: Value): Value {
    if (operator === '@') {
      if (a instanceof TorchTensor && b instanceof TorchTensor) return matrixProduct(a, b);
    } else if (a instanceof TorchTensor || b instanceof TorchTensor) {
      if ((a instanceof TorchTensor || isPythonNumber(a)) && (b instanceof TorchTensor || isPythonNumber(b)))
        return arithmetic(operator, a as Operand, b as Operand);
    } else if (isPythonNumber(a) && isPythonNumber(b)) return pythonArithmetic(operator, a, b);
    else if (operator === '+' && Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
    else if (operator === '*' && Array.isArray(a) && typeof b === 'bigint')
      return Array.from({ length: Math.min(1e6, Number(b)) }, () => a).flat();
    throw new PythonError(
      'TypeError',
      `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
    );
  }
}

/** Whether some of a value is in the same memory. */
function holds(value: Value, tensor: TorchTensor): boolean {
  if (value instanceof TorchTensor) return value.numbers.buffer === tensor.numbers.buffer;
  return itemsOf(value)?.some((item) => holds(item, tensor)) ?? false;
}

const own = <T>(from: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(from, name) ? from[name] : undefined;

const KNOWN = {
  en: 'These cells know creation, views, arithmetic, comparisons, reductions and products; PyTorch knows more.',
  zh: '这些单元格会创建张量、取视图、四则运算、比较、归约和矩阵乘法；PyTorch 会的更多。',
};

function indexed(of: Value, places: readonly Value[]): Value {
  if (of instanceof TorchTensor) return part(of, places);
  const items = itemsOf(of);
  const [place] = places;
  if (!items || typeof place !== 'bigint')
    throw new PythonError('TypeError', `'${typeName(of)}' object is not subscriptable`);
  const item = items.at(Number(place));
  if (item === undefined) throw new PythonError('IndexError', `${typeName(of)} index out of range`);
  return item;
}

function* iterated(value: Value): Generator<Value> {
  if (value instanceof PythonRange)
    for (let at = value.from; value.step > 0n ? at < value.to : at > value.to; at += value.step) yield at;
  else if (value instanceof TorchTensor && value.rank > 0)
    for (let i = 0; i < (value.shape[0] as number); i++) yield part(value, [BigInt(i)]);
  else {
    const items = itemsOf(value);
    if (!items) throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`);
    yield* items;
  }
}

function range({ places }: Arguments): Value {
  const numbers = places.filter((place) => typeof place === 'bigint');
  if (numbers.length !== places.length || numbers.length === 0)
    throw new PythonError('TypeError', 'range() takes whole numbers');
  const [first = 0n, second, step = 1n] = numbers;
  return second === undefined ? new PythonRange(0n, first, 1n) : new PythonRange(first, second, step);
}

const BUILTINS: Functions = {
  range,
  len: ({ places: [value = null] }) => {
    if (value instanceof TorchTensor && value.rank > 0) return BigInt(value.shape[0] as number);
    const items = itemsOf(value);
    if (!items) throw new PythonError('TypeError', `object of type '${typeName(value)}' has no len()`);
    return BigInt(items.length);
  },
  float: ({ places: [value = 0] }) => Number(value instanceof TorchTensor ? METHODS.item?.(value, NOTHING) : value),
  int: ({ places: [value = 0] }) =>
    BigInt(Math.trunc(Number(value instanceof TorchTensor ? METHODS.item?.(value, NOTHING) : value))),
};

const NOTHING: Arguments = { places: [], named: new Map() };

const tensorsOf = (of: string, args: Arguments) => {
  const given = new Given(of, args, ['tensors', 'dim']);
  const tensors = given.items('tensors');
  if (!tensors.every((item) => item instanceof TorchTensor))
    throw new PythonError(
      'TypeError',
      `expected Tensor as element 0 in argument 0, but got ${typeName(tensors[0] ?? null)}`,
    );
  return { tensors, axis: given.whole('dim', 0) };
};

const JOINS: Functions = {
  cat: (args) => {
    const { tensors, axis } = tensorsOf('cat', args);
    return joinedTensors(tensors, axis);
  },
  stack: (args) => {
    const { tensors, axis } = tensorsOf('stack', args);
    return joinedTensors(
      tensors.map((tensor) => unsqueezed(tensor, axis)),
      axis,
    );
  },
};
