import type { MemoryPlan, Part } from './plan.ts';
import { WORD } from './plan.ts';

/**
 * A part of the vector of trained numbers: the kernels, biases, scales and shifts of a model in the order of its
 * variables.
 */
export interface Parameter {
  /** In words from the start of the vector. */
  readonly offset: number;
  readonly size: number;
  /** Which element of the variable is at each place; null where the order is the same. */
  readonly order: Int32Array | null;
}

const VECTOR = 4;

/** Collects the parameters of a model, then tells where they and their gradients are. */
export class Parameters {
  readonly list: Parameter[] = [];
  #count = 0;

  add(size: number, order: Int32Array | null = null): Parameter {
    const parameter = { offset: this.#count, size, order };
    this.list.push(parameter);
    this.#count += Math.ceil(size / VECTOR) * VECTOR;
    return parameter;
  }

  /** A vector of all parameters: each begins at a multiple of 4 words, and the gaps stay zero. */
  plan(plan: MemoryPlan): Part {
    return plan.words(this.#count);
  }
}

/** The address of a parameter, or of its gradient, in a vector. */
export const addressIn = (vector: Part, { offset }: Parameter): number => vector.at + WORD * offset;

/** Writes a variable's values in the engine's order. */
export function pack(values: ArrayLike<number>, { order }: Parameter, to: Float32Array): void {
  for (let i = 0; i < values.length; i++) to[i] = values[order ? (order[i] as number) : i] as number;
}

export function unpack(from: Float32Array, { size, order }: Parameter): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[order ? (order[i] as number) : i] = from[i] as number;
  return values;
}
