import type { DType } from './dtypes.ts';
import { shortest } from './print-number.ts';
import { tensorText } from './print-tensor.ts';
import { PythonError } from './python-error.ts';
import { TorchTensor } from './tensor.ts';

/** A dtype as a value: `torch.float32`. */
export class DTypeValue {
  readonly dtype: DType;
  constructor(dtype: DType) {
    this.dtype = dtype;
  }
}

/** Values side by side that do not change: a tuple, or what names them otherwise. */
export class Tuple {
  readonly items: readonly Value[];
  /** `torch.Size` of a shape, or the names of what a function gives. */
  readonly of: 'tuple' | 'size' | { readonly name: string; readonly fields: readonly string[] };
  constructor(items: readonly Value[], of: Tuple['of'] = 'tuple') {
    this.items = items;
    this.of = of;
  }
}

export class PythonRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly step: bigint;
  constructor(from: bigint, to: bigint, step: bigint) {
    this.from = from;
    this.to = to;
    this.step = step;
  }
}

export class Slice {
  readonly from: bigint | null;
  readonly to: bigint | null;
  readonly step: bigint;
  constructor(from: bigint | null, to: bigint | null, step: bigint) {
    this.from = from;
    this.to = to;
    this.step = step;
  }
}

/** What may be called. */
export class Callable {
  readonly name: string;
  readonly run: (args: Arguments) => Value;
  constructor(name: string, run: (args: Arguments) => Value) {
    this.name = name;
    this.run = run;
  }
}

/** The module itself. */
export class Module {
  readonly name = 'torch';
}

export type Value =
  | TorchTensor
  | DTypeValue
  | Tuple
  | PythonRange
  | Slice
  | Callable
  | Module
  | Value[]
  | number
  | bigint
  | boolean
  | string
  | null;

/** What a function is given: by place, and by name. */
export interface Arguments {
  readonly places: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

export const typeName = (value: Value): string => {
  if (value === null) return 'NoneType';
  if (value instanceof TorchTensor) return 'Tensor';
  if (value instanceof Tuple) return value.of === 'size' ? 'torch.Size' : 'tuple';
  if (value instanceof DTypeValue) return 'torch.dtype';
  if (Array.isArray(value)) return 'list';
  if (value instanceof PythonRange) return 'range';
  if (value instanceof Slice) return 'slice';
  if (value instanceof Callable) return 'builtin_function_or_method';
  if (value instanceof Module) return 'module';
  return { number: 'float', bigint: 'int', boolean: 'bool', string: 'str' }[typeof value as 'number'];
};

/** Like Python's `repr`. */
export function shownValue(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof TorchTensor) return tensorText(value);
  if (value instanceof DTypeValue) return `torch.${value.dtype}`;
  if (value instanceof Tuple) return shownTuple(value);
  if (Array.isArray(value)) return `[${value.map(shownValue).join(', ')}]`;
  if (value instanceof PythonRange)
    return `range(${value.from}, ${value.to}${value.step === 1n ? '' : `, ${value.step}`})`;
  if (value instanceof Callable) return `<function ${value.name}>`;
  if (value instanceof Module) return "<module 'torch'>";
  if (value instanceof Slice) return `slice(${value.from ?? 'None'}, ${value.to ?? 'None'}, ${value.step})`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return shortest(value);
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function shownTuple({ items, of }: Tuple): string {
  const shown = items.map(shownValue);
  if (of === 'size') return `torch.Size([${shown.join(', ')}])`;
  if (of === 'tuple') return `(${shown.join(', ')}${shown.length === 1 ? ',' : ''})`;
  return `torch.return_types.${of.name}(\n${of.fields.map((field, i) => `${field}=${shown[i]}`).join(',\n')})`;
}

/** What Python takes for true. */
export function isTruthy(value: Value): boolean {
  if (value instanceof TorchTensor) {
    if (value.size !== 1)
      throw new PythonError(
        'RuntimeError',
        value.size === 0
          ? 'Boolean value of Tensor with no values is ambiguous'
          : 'Boolean value of Tensor with more than one value is ambiguous',
      );
    const [only] = value.values();
    return only !== 0 && only !== 0n;
  }
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Tuple) return value.items.length > 0;
  return Boolean(value);
}
