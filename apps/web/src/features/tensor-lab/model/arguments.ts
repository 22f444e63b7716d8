import { DTYPES, type DType } from './dtypes.ts';
import { PythonError } from './python-error.ts';
import { TorchTensor } from './tensor.ts';
import { type Arguments, DTypeValue, Tuple, typeName, type Value } from './values.ts';

/** What a function was given, by the names of its parameters: those left out are undefined. */
export class Given {
  readonly #of: string;
  readonly #values: ReadonlyMap<string, Value>;

  /** @throws PythonError for more than it takes, and names that it has not */
  constructor(of: string, { places, named }: Arguments, names: readonly string[]) {
    if (places.length > names.length)
      throw new PythonError(
        'TypeError',
        `${of}() takes ${names.length} positional arguments but ${places.length} were given`,
      );
    const unknown = [...named.keys()].find((name) => !names.includes(name));
    if (unknown) throw new PythonError('TypeError', `${of}() got an unexpected keyword argument '${unknown}'`);
    this.#of = of;
    this.#values = new Map([
      ...names.flatMap((name, i) => (i < places.length ? [[name, places[i] as Value] as const] : [])),
      ...named,
    ]);
  }

  has(name: string): boolean {
    const value = this.#values.get(name);
    return value !== undefined && value !== null;
  }

  value(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new PythonError('TypeError', `${this.#of}() missing required argument: '${name}'`);
    return value;
  }

  #wrong(name: string, expected: string): PythonError {
    return new PythonError(
      'TypeError',
      `${this.#of}(): argument '${name}' must be ${expected}, not ${typeName(this.value(name))}`,
    );
  }

  tensor(name: string): TorchTensor {
    const value = this.value(name);
    if (value instanceof TorchTensor) return value;
    throw this.#wrong(name, 'Tensor');
  }

  whole(name: string, fallback?: number): number {
    if (fallback !== undefined && !this.has(name)) return fallback;
    const value = this.value(name);
    if (typeof value === 'bigint') return Number(value);
    throw this.#wrong(name, 'int');
  }

  number(name: string): number | bigint {
    const value = this.value(name);
    if (typeof value === 'number' || typeof value === 'bigint') return value;
    throw this.#wrong(name, 'Number');
  }

  flag(name: string): boolean {
    return this.has(name) && this.value(name) === true;
  }

  dtype(name: string): DType | null {
    if (!this.has(name)) return null;
    const value = this.value(name);
    if (value instanceof DTypeValue) return value.dtype;
    throw this.#wrong(name, `torch.dtype (one of ${DTYPES.map((dtype) => `torch.${dtype}`).join(', ')})`);
  }

  /** One axis or several. */
  axes(name: string): number[] | null {
    if (!this.has(name)) return null;
    const value = this.value(name);
    return typeof value === 'bigint' ? [Number(value)] : this.#wholes(name, value);
  }

  items(name: string): readonly Value[] {
    const items = itemsOf(this.value(name));
    if (!items) throw this.#wrong(name, 'tuple of Tensors');
    return items;
  }

  #wholes(name: string, value: Value): number[] {
    const items = itemsOf(value);
    if (!items?.every((item) => typeof item === 'bigint')) throw this.#wrong(name, 'tuple of ints');
    return items.map(Number);
  }
}

export const itemsOf = (value: Value | undefined): readonly Value[] | null =>
  Array.isArray(value) ? value : value instanceof Tuple ? value.items : null;

/** A shape that is given as one list or as numbers side by side, and what is given by name beside it. */
export function shapeAnd(
  of: string,
  { places, named }: Arguments,
  names: readonly string[],
): { shape: number[]; given: Given } {
  const first = itemsOf(places[0]);
  const sides = first && places.length === 1 ? first : places;
  if (!sides.every((side) => typeof side === 'bigint'))
    throw new PythonError(
      'TypeError',
      `${of}(): argument 'size' must be tuple of ints, but found element of type ${typeName(sides.find((side) => typeof side !== 'bigint') as Value)}`,
    );
  return { shape: sides.map(Number), given: new Given(of, { places: [], named }, names) };
}
