import type { MemoryPlan, Part } from './plan.ts';
import { WORD } from './plan.ts';

/** The trained numbers of a model in one vector: its kernels, biases, scales and shifts in the order of its variables. */
export interface Parameter {
  /** Words from the start of the vector. */
  readonly offset: number;
  readonly size: number;
  /** Which element of the variable stands where; null where they stand as they are. */
  readonly order: Int32Array | null;
}

const VECTOR = 4;

/** Collects the parameters of a model, then says where they and their gradients stand. */
export class Parameters {
  readonly list: Parameter[] = [];
  #count = 0;

  add(size: number, order: Int32Array | null = null): Parameter {
    const parameter = { offset: this.#count, size, order };
    this.list.push(parameter);
    this.#count += Math.ceil(size / VECTOR) * VECTOR;
    return parameter;
  }

  /** A vector of all of them: each begins at a multiple of 4 words, and what lies between stays zero. */
  plan(plan: MemoryPlan): Part {
    return plan.words(this.#count);
  }
}

/** The address of a parameter, or of its gradient, in a vector. */
export const addressIn = (vector: Part, { offset }: Parameter): number => vector.at + WORD * offset;

/** Writes a variable's values to where the engine has them. */
export function pack(values: ArrayLike<number>, { order }: Parameter, to: Float32Array): void {
  for (let i = 0; i < values.length; i++) to[i] = values[order ? (order[i] as number) : i] as number;
}

export function unpack(from: Float32Array, { size, order }: Parameter): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[order ? (order[i] as number) : i] = from[i] as number;
  return values;
}
